import { expect, it } from '@jest/globals'
import { runCommand } from './runCommand.ts'
import { shortageOf } from './shortageOf.ts'

it.each([
  // as g++ 12, clang 14 and GNU ld said it: a part that was killed, `ulimit -v`, a full disk
  ['memory', 'c++: fatal error: Killed signal terminated program cc1plus\ncompilation terminated.\n'],
  ['memory', 'virtual memory exhausted: Cannot allocate memory\n'],
  ['memory', '1.\t<eof> parser at end of file\nLLVM ERROR: out of memory\nAllocation failed\n'],
  ['disk space', "/tmp/cc.s: Fatal error: can't write 12 bytes to section .text of x.o: No space left on device\n"],
  // by their sources
  ['memory', 'cc1plus: out of memory allocating 65536 bytes after a total of 1000 bytes\n'],
  ['memory', 'collect2: fatal error: ld terminated with signal 9 [Killed]\n'],
  ['memory', 'clang: error: unable to execute command: Killed\n'],
  // a compiler's own end
  [undefined, 'x.cc:3: error: no such unit\n  3 | const char* why = "out of memory";\n'],
  [undefined, 'c++: internal compiler error: Segmentation fault signal terminated program cc1plus\n'],
  [undefined, ''],
])('%s: %j', (shortage, stderr) => expect(shortageOf({ status: 1, signal: null, stdout: '', stderr })).toBe(shortage))

it.each([
  ['KILL', 'memory'],
  ['TERM', 'memory'],
  ['SEGV', undefined],
])('a compiler that ends with SIG%s', async (signal, shortage) => {
  const result = await runCommand('sh', ['-c', `kill -${signal} $$`])
  expect(result).toMatchObject({ status: 1, signal: `SIG${signal}` })
  expect(shortageOf(result)).toBe(shortage)
})

it('one that is not there', async () => {
  const result = await runCommand('no-such-compiler', [])
  expect([result.status, result.signal, shortageOf(result)]).toEqual([null, null, undefined])
})
