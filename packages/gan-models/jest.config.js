export default { displayName: 'gan-models', preset: '../../jest.preset.js' }
