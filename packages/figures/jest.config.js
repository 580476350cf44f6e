export default { displayName: 'figures', preset: '../../jest.preset.js' }
