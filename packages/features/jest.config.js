export default { displayName: 'features', preset: '../../jest.preset.js' }
