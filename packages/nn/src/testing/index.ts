// @radiograft/nn/testing: weights and inputs as a formula of name and index, the same in tools/oracles/nn_formula.py, so that
// fixtures made by torch need no stored weights.
export { formula, formulaParams, formulaValues } from './formula.ts'
