// The threads of our kernels without TensorFlow: a program of a few lines around the source.
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KERNEL_FLAGS } from '../kernelAddon.ts'
import { runCommand } from '../runCommand.ts'
import { THREAD_POOL } from './threadPool.ts'

const program = String.raw`
#include <cstdint>
#include <cstdio>
#include <new>
#include <string>
${THREAD_POOL}
int main() {
  const auto caller = std::this_thread::get_id();
  // what is thrown on every thread, on the workers alone, and on the caller alone
  for (int who = 0; who < 3; who++) {
    std::atomic<int> thrown{0};
    std::string said = "nothing";
    try {
      radiograft::parallel(64, [&](int64_t) {
        const bool here = std::this_thread::get_id() == caller;
        if (who == 0 || here == (who == 2)) {
          thrown++;
          throw std::bad_alloc();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
      });
    } catch (const std::bad_alloc&) {
      said = "caught";
    }
    // the pool goes on, and no item is left of a job whose body is gone
    std::atomic<int64_t> sum{0};
    radiograft::parallel(1000, [&](int64_t i) { sum += i; });
    std::printf("%s %d %lld\n", said.c_str(), thrown.load() > 0, static_cast<long long>(sum.load()));
  }
  // the number of threads is that of the first call
  setenv("TF_NUM_INTRAOP_THREADS", "7", 1);
  std::printf("%d\n", radiograft::thread_count());
}
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'radiograft-threads-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('what an item throws reaches the caller, from whichever thread, and the pool goes on', async () => {
  const [source, binary] = [join(folder, 'pool.cc'), join(folder, 'pool')]
  writeFileSync(source, program)
  const built = await runCommand(process.env['CXX'] ?? 'c++', [...KERNEL_FLAGS, source, '-o', binary])
  expect(built).toMatchObject({ status: 0, stderr: '' })
  const { status, stdout } = await runCommand(binary, [], { env: { ...process.env, TF_NUM_INTRAOP_THREADS: '3' } })
  expect({ status, stdout }).toEqual({ status: 0, stdout: `${'caught 1 499500\n'.repeat(3)}3\n` })
}, 60_000)
