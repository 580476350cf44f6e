export default { displayName: 'align', preset: '../../jest.preset.js' }
