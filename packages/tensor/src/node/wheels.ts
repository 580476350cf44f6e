// The pinned TensorFlow and, for each platform, the Python wheel that carries its C library and headers.
// Used by `provision`. Only Linux x64 is tested; the other rows have right hashes and were never run.

/** One row: where the C library of this platform comes from. */
export type Wheel = {
  /** The package on the Python index. */
  readonly project: string
  /** The platform tag that `pip download` is asked for. */
  readonly platform: string
  /** The Python tag: any interpreter can fetch it, so the tag is fixed and not that of the machine. */
  readonly python: string
  readonly sha256: string
  readonly megabytes: number
  /** File names of the two shared libraries inside the wheel's `tensorflow/` folder. */
  readonly library: string
  readonly framework: string
  readonly tested: boolean
}

/** The version every platform uses. */
export const TENSORFLOW_VERSION = '2.21.0'

/** By `process.platform` and `process.arch`. */
export const wheels: Readonly<Record<string, Wheel>> = {
  'linux-x64': {
    project: 'tensorflow-cpu',
    platform: 'manylinux_2_27_x86_64',
    python: '311',
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    megabytes: 274,
    library: 'libtensorflow_cc.so.2',
    framework: 'libtensorflow_framework.so.2',
    tested: true,
  },
  'linux-arm64': {
    project: 'tensorflow',
    platform: 'manylinux_2_27_aarch64',
    python: '311',
    sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
    megabytes: 282,
    library: 'libtensorflow_cc.so.2',
    framework: 'libtensorflow_framework.so.2',
    tested: false,
  },
  'darwin-arm64': {
    project: 'tensorflow',
    platform: 'macosx_12_0_arm64',
    python: '311',
    sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
    megabytes: 223,
    library: 'libtensorflow_cc.2.dylib',
    framework: 'libtensorflow_framework.2.dylib',
    tested: false,
  },
}
