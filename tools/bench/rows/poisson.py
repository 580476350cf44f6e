"""The peers of the Poisson rows. `sine-transform`: scipy's discrete sine transform, the quickest that scipy has for a rectangle;
`sparse`: scipy's sparse system and spsolve; `seamless-clone`: OpenCV, which is another operator (8 bits, three channels, an
eroded mask), held to ours within a fifth."""
import pathlib
import sys

import cv2
import numpy as np
import scipy
import scipy.fft
import scipy.sparse as sparse
import scipy.sparse.linalg

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from side import serve


def right_side(source, target, a, b):
    s, t = source.astype(np.float64), target.astype(np.float64)
    rhs = 4 * s[a:b, a:b] - s[a - 1:b - 1, a:b] - s[a + 1:b + 1, a:b] - s[a:b, a - 1:b - 1] - s[a:b, a + 1:b + 1]
    rhs[0] += t[a - 1, a:b]
    rhs[-1] += t[b, a:b]
    rhs[:, 0] += t[a:b, a - 1]
    rhs[:, -1] += t[a:b, b]
    return rhs


def by_sines(rhs, workers):
    n = len(rhs)
    values = 2 - 2 * np.cos(np.pi * np.arange(1, n + 1) / (n + 1))
    spectrum = scipy.fft.dstn(rhs, type=1, workers=workers)
    spectrum /= values[:, None] + values[None, :]
    return scipy.fft.idstn(spectrum, type=1, workers=workers)


def by_sparse(rhs):
    n = len(rhs)
    line = sparse.diags_array([-1.0, 2.0, -1.0], offsets=[-1, 0, 1], shape=(n, n))
    one = sparse.eye_array(n)
    system = (sparse.kron(line, one) + sparse.kron(one, line)).tocsc()
    return scipy.sparse.linalg.spsolve(system, rhs.ravel()).reshape(n, n)


def prepare(settings):
    size, margin = settings['size'], settings['margin']
    side, a, b = size + 2 * margin, margin, margin + size
    read = lambda name: np.fromfile(f"{settings['scratch']}/{name}.f32", np.float32).reshape(side, side)
    source, target = read('source'), read('target')
    way = settings['way']
    if way == 'seamless-clone':
        cv2.setNumThreads(settings['threads'])
        colour = lambda film: cv2.cvtColor((film * 255).astype(np.uint8), cv2.COLOR_GRAY2BGR)
        source8, target8 = colour(source), colour(target)

        def clone():
            mask = np.zeros((side, side), np.uint8)  # made anew: it is written to
            mask[a:b, a:b] = 255
            blended = cv2.seamlessClone(source8, target8, mask, (side // 2, side // 2), cv2.NORMAL_CLONE)
            return dict(middle=blended[side // 2, side // 2, 0] / 255)

        return dict(versions=dict(OpenCV=cv2.__version__), unit=clone)

    def blend():
        rhs = right_side(source, target, a, b)
        solved = by_sparse(rhs) if way == 'sparse' else by_sines(rhs, settings['workers'])
        blended = target.copy()
        blended[a:b, a:b] = solved
        return blended

    def unit():
        flat = blend().ravel()
        middle, corner = side * (side // 2) + side // 2, side * a + a
        return dict(middle=float(flat[middle]), corner=float(flat[corner]), quarter=float(flat[(middle + corner) // 2]))

    return dict(versions=dict(scipy=scipy.__version__, numpy=np.__version__), unit=unit)


serve(prepare)
