// The rows that are no networks: reading a folder, blending, neighbours, detection metrics, time and memory against N.
import type { Row } from '../Row.ts'

const poisson = (size: number): Row => ({
  name: `poisson-${size}`,
  group: 'Poisson blending',
  title: `a rectangle of ${size} x ${size} pixels blended into a film, in float64`,
  unit: 'blend',
  shown: 'seconds',
  settings: { size, margin: 16, workers: 1 },
  prepare: 'rows/poisson.prepare.ts',
  ours: { program: 'rows/poisson.ts' },
  peers: [
    {
      name: 'scipy, sine transform',
      program: 'rows/poisson.py',
      settings: { way: 'sine-transform' },
      choices: [{ workers: 1 }, { workers: 2 }],
      limit: 1,
    },
    // a sparse factor of 1,024 x 1,024 takes minutes and more memory than most machines have
    ...(size > 256
      ? []
      : [{ name: 'scipy, spsolve', program: 'rows/poisson.py', settings: { way: 'sparse' }, limit: 1 }]),
    {
      name: 'OpenCV, seamlessClone',
      program: 'rows/poisson.py',
      settings: { way: 'seamless-clone' },
      limit: 1,
      tolerance: 0.2,
    },
  ],
  smoke: { size: 16 },
  tolerance: 1e-6,
  because: ([sines = 0]) =>
    (sines > 1 ? 'scipy’s transform is native code, ours JavaScript; where the time goes was not measured. ' : '') +
    'OpenCV’s is another operator: 8 bits, three channels, an eroded mask; it is held to ours within a fifth. ' +
    'scipy solves in float64 too, and agrees to 1e-6, the precision of the float32 film that comes out.',
})

const neighbours = (k: number): Row => ({
  name: `neighbours-k${k}`,
  group: 'Nearest neighbours',
  title: `${k === 1 ? 'the nearest film' : `the ${k} nearest films`} of 8,851 for each of 26,684, 1,024 float32 each, exact, one thread`,
  unit: 'query',
  shown: 'seconds',
  settings: { queries: 26_684, pool: 8_851, k, ownThreads: 1 },
  prepare: 'rows/neighbours.prepare.ts',
  ours: { program: 'rows/neighbours.ts' },
  peers: [{ name: 'scikit-learn, brute', program: 'rows/neighbours.py', limit: 1 }],
  smoke: { queries: 50, pool: 200 },
  tolerance: 1e-4,
  because: ([brute = 0]) =>
    brute > 1
      ? 'scikit-learn multiplies matrices in BLAS, ours is JavaScript that leaves pairs out by bounds; where the time goes was ' +
        'not measured. The waves of these films are independent: how many pairs real films leave out was not measured either.'
      : undefined,
  rounds: 3,
})

const metricSettings = { films: 26_684 }

/** Queries and pool of RSNA's proportion: films against normals. */
const againstN = (what: string, title: string, films: number, prepare: string | undefined, more = {}): Row => ({
  name: `${what}-${films}`,
  group: 'Time and memory against N',
  title: `${title}, ${films.toLocaleString('en-GB')} films`,
  unit: 'pass',
  shown: 'seconds',
  settings: { what, films, queries: films, pool: Math.round(films / 3), different: 151, ...more },
  ...(prepare === undefined ? {} : { prepare }),
  ours: { program: 'rows/againstN.ts' },
  peers: [],
  smoke: { films: 40, queries: 40, pool: 20, different: 4 },
  rounds: 3,
})

export const rows: ReadonlyArray<Row> = [
  {
    name: 'rsna-folder',
    group: 'Reading',
    title: 'an RSNA folder (DICOM, 512 x 512) into batches of 16 x 128 x 128, a pass with its workers’ start',
    unit: 'film',
    shown: 'rate',
    settings: { films: 1510, different: 151, size: 128, batch: 16 },
    prepare: 'rows/folder.prepare.ts',
    ours: { program: 'rows/folder.ts' },
    peers: [{ name: 'pydicom, Pillow, DataLoader', program: 'rows/folder.py', limit: 1 }],
    smoke: { films: 16, different: 4 },
    // Pillow rounds the averages to 8 bits
    tolerance: 5e-3,
    roundSeconds: 1,
    because: ([loader = 0]) =>
      loader > 1
        ? 'JPEG is decoded in WebAssembly here and natively there, and each pass starts its threads, which load TypeScript when ' +
          'run from source; how the time divides between them was not measured.'
        : undefined,
  },
  poisson(64),
  poisson(256),
  poisson(1024),
  neighbours(1),
  neighbours(5),
  {
    name: 'rsna-ap',
    group: 'Detection metrics',
    title: 'RSNA AP of 26,684 films',
    unit: 'pass',
    shown: 'seconds',
    settings: metricSettings,
    prepare: 'rows/detections.prepare.ts',
    ours: { program: 'rows/rsnaAp.ts' },
    peers: [{ name: 'numpy', program: 'rows/detections.py', settings: { metric: 'rsna' }, limit: 1 }],
    smoke: { films: 40 },
    tolerance: 1e-9,
    because: () => 'No library has this metric: the peer is a loop over films in numpy, as one writes it.',
  },
  {
    name: 'coco-ap',
    group: 'Detection metrics',
    title: 'COCO AP of 26,684 films',
    unit: 'pass',
    shown: 'seconds',
    settings: metricSettings,
    prepare: 'rows/detections.prepare.ts',
    ours: { program: 'rows/cocoAp.ts' },
    peers: [{ name: 'faster-coco-eval', program: 'rows/detections.py', settings: { metric: 'coco' }, limit: 1 }],
    smoke: { films: 40 },
    tolerance: 1e-9,
  },
  {
    name: 'fid',
    group: 'Distribution metrics',
    title: 'FID’s statistics of two sets of 2,000 films x 1,280 features: means, covariances, distance, in float64',
    unit: 'pass',
    shown: 'seconds',
    settings: { films: 2000, columns: 1280 },
    prepare: 'rows/frechet.prepare.ts',
    ours: { program: 'rows/frechet.ts' },
    peers: [{ name: 'torch-fidelity', program: 'rows/frechet.py', limit: 1 }],
    smoke: { films: 60, columns: 16 },
    tolerance: 1e-6,
    rounds: 3,
    because: ([fidelity = 0]) =>
      fidelity > 1
        ? 'Its products and eigenvalues are BLAS and LAPACK on all threads, four doubles or more a register; ours are WebAssembly’s two on one.'
        : undefined,
  },
  ...[1000, 5000, 26_684].flatMap((films) => [
    againstN('table', 'reading a table of boxes from the store', films, 'rows/detections.prepare.ts'),
    againstN('neighbours', 'nearest of a third as many films', films, 'rows/neighbours.prepare.ts'),
    againstN('ap', 'RSNA AP', films, 'rows/detections.prepare.ts'),
    againstN('bootstrap', 'an interval of 2,000 resamples over patients', films, undefined),
    againstN('reading', 'reading a folder to 128 x 128', films, 'rows/folder.prepare.ts'),
  ]),
]
