"""Oracle of the chest phantom (packages/data-io/src/phantom): films of the numpy prototype, noise off, 64 x 64.

    python tools/oracles/dataio_phantom.py <folder of phantom.py> packages/data-io/src/phantom/fixtures/phantom.json

Each film is patient i of the cohort with seed 7, one finding (attempt 0, difficulty .4) or none, fixed view; then
two whole films of the rsna cohort with three or more opacities, one film of 512 x 512 as block means, and two follow-up
films of the multi cohort with the lesions of the patient's first film. Values are grey levels of 255 in steps of 1/16.
`multi` says who is on the first films of that cohort, and what of the patient's first film is left on them.
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

# The multi cohort: film i is in block i >> 3, of four patients with 1, 1, 2 and 4 films in a hashed order; on each later
# film a finding of the one before stays with probability .8.
def place(i):
    K = root.sub('multi', i >> 3)
    order = lambda tag, n: sorted(range(n), key=lambda j: K.h(tag, j))
    owners = [patient for patient, n in zip(order('patient', 4), (1, 1, 2, 4)) for _ in range(n)]
    mine = [owners[s] for s in order('slot', 8)]
    return 4 * (i >> 3) + mine[i & 7], mine[:i & 7].count(mine[i & 7])


def follow_up(i):
    patient, k = place(i)
    P, F, cls, findings = p.rsna(root, patient)
    stays = lambda j: all(P['K'].sub('film', m).sub('finding', j).u('stays') < .8 for m in range(1, k + 1))
    left = [f for j, f in enumerate(findings) if stays(j)]
    return P, k, cls if left else 'Normal', left


NAMES = dict(NotNormal='No Lung Opacity / Not Normal', Opacity='Lung Opacity', Normal='Normal')
multi = []
shown = set()
for i in range(80):
    P, k, cls, left = follow_up(i)
    multi.append(dict(patient=P['id'], followUp=k, **{'class': NAMES[cls]}, findings=[f['type'] for f in left]))
    if k > 0 and left and left[0]['type'] not in shown and len(shown) < 2:
        shown.add(left[0]['type'])
        add(i, 'multi', None, P, p.film(P, k), left)

json.dump(dict(tool='phantom.py (prototype)', numpy=np.__version__, seed=SEED, size=SIZE,
               encoding='base64 of zlib of little-endian uint16, value * 255 * 16', films=films, multi=multi),
          open(sys.argv[2], 'w'), indent=0)
