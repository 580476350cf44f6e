export default { displayName: 'checkpoints', preset: '../../jest.preset.js' }
