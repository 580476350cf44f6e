export default { displayName: 'mlflow', preset: '../../jest.preset.js' }
