export default { displayName: 'backbones', preset: '../../jest.preset.js' }
