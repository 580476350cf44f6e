export default { displayName: 'geometry', preset: '../../jest.preset.js' }
