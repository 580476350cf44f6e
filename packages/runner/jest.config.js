export default { displayName: 'runner', preset: '../../jest.preset.js' }
