export default { displayName: 'random', preset: '../../jest.preset.js' }
