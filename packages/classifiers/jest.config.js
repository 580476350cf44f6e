export default { displayName: 'classifiers', preset: '../../jest.preset.js' }
