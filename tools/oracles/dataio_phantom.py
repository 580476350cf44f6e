"""Oracle of the chest phantom (packages/data-io/src/phantom): films of the numpy prototype, noise off, 64 x 64.

    python tools/oracles/dataio_phantom.py <folder of phantom.py> packages/data-io/src/phantom/fixtures/phantom.json

Each film is patient i of the cohort with seed 7, one finding (attempt 0, difficulty .4) or none, fixed view; then
two whole films of the rsna cohort with three or more opacities, and one film of 512 x 512 as block means. Values are grey levels of 255 in steps of 1/16.
"""
import base64, json, sys, zlib
import numpy as np

sys.path.insert(0, sys.argv[1])
import phantom as p

SEED, SIZE = 7, 64
CASES = [(0, None, 'PA'), (1, None, 'AP'), (2, 'opacity', 'PA'), (3, 'infiltrate', 'AP'), (4, 'nodule', 'PA'),
         (5, 'mass', 'AP'), (6, 'effusion', 'AP'), (7, 'cardiomegaly', 'PA'), (8, 'edema', 'AP'),
         (9, 'pneumothorax', 'PA'), (10, 'atelectasis', 'PA'), (11, 'pleural', 'AP'), (12, 'fracture', 'PA'),
         (13, 'device', 'AP')]


def packed(v):
    return base64.b64encode(zlib.compress(np.floor(v * 255 * 16 + .5).astype('<u2').tobytes(), 9)).decode()


root = p.root(SEED)
films = []


def add(index, kind, view, P, F, findings, size=SIZE):
    r = p.render(P, F, findings, size, False)
    films.append(dict(index=index, finding=kind, size=size, view=view, sex=P['sex'], age=P['age'],
                      theta=[float(x) for x in p.theta(F).ravel()],
                      boxes=[[float(b) for b in f['box']] for f in findings], values=packed(p.down(r['v'], size // SIZE))))


for i, kind, view in CASES:
    P = p.patient(root, i)
    F = p.film(P, 0, dict(view=view))
    add(i, kind, view, P, F, [p.draw(P, F, kind, 0, .4)] if kind else [])

crowded = 0
for i in range(4000):
    P, F, cls, findings = p.rsna(root, i)
    if len(findings) >= 3:
        add(i, 'cohort', None, P, F, findings)
        crowded += 1
        if crowded == 2:
            break

# A 512 x 512 film (focal blur, no box average), stored as its 8 x 8 block means.
P = p.patient(root, 20)
F = p.film(P, 0, dict(view='PA'))
add(20, 'mass', 'PA', P, F, [p.draw(P, F, 'mass', 0, .4)], 512)

json.dump(dict(tool='phantom.py (prototype)', numpy=np.__version__, seed=SEED, size=SIZE,
               encoding='base64 of zlib of little-endian uint16, value * 255 * 16', films=films),
          open(sys.argv[2], 'w'), indent=0)
