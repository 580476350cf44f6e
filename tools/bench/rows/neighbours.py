"""The peer of the rows of nearest neighbours: scikit-learn, brute force, as many threads as ours uses."""
import pathlib
import sys

import numpy as np
import sklearn
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))
from side import serve


def prepare(settings):
    read = lambda name: np.fromfile(f"{settings['scratch']}/{name}.f32", np.float32).reshape(-1, 32 * 32)
    queries, pool = read('queries'), read('pool')

    def unit():
        with threadpool_limits(settings['ownThreads']):
            found = NearestNeighbors(n_neighbors=settings['k'], algorithm='brute').fit(pool)
            distances, indices = found.kneighbors(queries)
        return dict(distance=float(distances.mean()), index=float(indices.mean()))

    return dict(versions={'scikit-learn': sklearn.__version__, 'numpy': np.__version__}, count=len(queries), unit=unit)


serve(prepare)
