export default { displayName: 'pipelines', preset: '../jest.preset.js' }
