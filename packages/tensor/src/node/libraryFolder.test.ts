import { describe, expect, it } from '@jest/globals'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { libraryInUserFolder, readWheelFolder } from './libraryFolder.ts'
import { wheels } from './wheels.ts'
import type { Wheel } from './wheels.ts'
import { temporaryFolder } from './testing/temporaryFolder.ts'

const temporary = temporaryFolder()
const { write } = temporary

const wheel = wheels['linux-x64'] as Wheel

describe('the library in the cache', () => {
  it('counts only when its stamp and every size are right', () => {
    const cached = join(temporary.path, 'lib-x')
    expect(readWheelFolder(cached, wheel)).toBeUndefined()
    write(`lib-x/lib/${wheel.library}`, 'abc')
    write(`lib-x/lib/${wheel.framework}`, 'de')
    write('lib-x/include/tensorflow/c/c_api.h', 'f')
    // All files but no stamp: an unpacking that was cut off.
    expect(readWheelFolder(cached, wheel)).toBeUndefined()
    write(
      'lib-x/stamp.json',
      JSON.stringify({ [`lib/${wheel.library}`]: 3, [`lib/${wheel.framework}`]: 2, 'include/tensorflow/c/c_api.h': 1 }),
    )
    expect(readWheelFolder(cached, wheel)?.identity).toBe(`tensorflow 2.21.0 sha256:${wheel.sha256}`)
    write(`lib-x/lib/${wheel.library}`, 'ab')
    expect(readWheelFolder(cached, wheel)).toBeUndefined()
  })

  it('is found in a folder of the user in both layouts, and its gaps are named', () => {
    write('capi/lib/libtensorflow.so.2', 'x')
    write('capi/lib/libtensorflow_framework.so.2', 'x')
    write('capi/include/tensorflow/c/c_api.h')
    write('python/libtensorflow_cc.so.2', 'x')
    write('python/libtensorflow_framework.so.2', 'x')
    write('python/include/tensorflow/c/c_api.h')
    const [a, b] = ['capi', 'python'].map((name) => libraryInUserFolder(join(temporary.path, name)))
    expect(a?.library).toBe(join(temporary.path, 'capi/lib/libtensorflow.so.2'))
    expect(b?.library).toBe(join(temporary.path, 'python/libtensorflow_cc.so.2'))
    expect(a?.identity).not.toBe(b?.identity)
    rmSync(join(temporary.path, 'capi/include'), { recursive: true })
    rmSync(join(temporary.path, 'capi/lib/libtensorflow.so.2'))
    expect(() => libraryInUserFolder(join(temporary.path, 'capi'))).toThrow(
      /libtensorflow_cc\.so\.2: not in RADIOGRAFT_LIBTENSORFLOW.*\n.*headers: .*lacks tensorflow\/c\/c_api\.h/,
    )
  })
})
