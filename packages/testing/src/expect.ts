/**
 * @radiograft/testing/expect: assertions that several packages make in the same words. Only inside Jest: the root entry also
 * serves programs that tests start.
 */
export { expectCompiledFunction, expectCompiledStep, expectNoneWithoutCase } from './expectCompiled.ts'
export { expectResumed } from './expectResumed.ts'
