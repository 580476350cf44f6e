export default { displayName: 'detectors', preset: '../../jest.preset.js' }
