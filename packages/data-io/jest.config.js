export default { displayName: 'data-io', preset: '../../jest.preset.js' }
