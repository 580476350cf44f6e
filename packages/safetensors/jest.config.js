export default { displayName: 'safetensors', preset: '../../jest.preset.js' }
