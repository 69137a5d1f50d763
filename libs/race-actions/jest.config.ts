export default { displayName: 'race-actions', preset: '../../jest.preset.mjs' };
