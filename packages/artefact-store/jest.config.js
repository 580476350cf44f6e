export default { displayName: 'artefact-store', preset: '../../jest.preset.js' }
