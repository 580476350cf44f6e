export default { displayName: 'blend', preset: '../../jest.preset.js' }
