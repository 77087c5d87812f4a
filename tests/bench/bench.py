# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py BUILD [NAME…]: builds the programs of this folder and runs them.
Each prints its figures as ratios against a peer or the bare limit in the same
run: the machine's own speed cancels out."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
# In a window, on a display of its own
WINDOWED = {'library'}
# Against scenes with known alpha, which are rendered once
SCENES = {'cutout'}


def main(build, *names):
    known = sorted(path.stem.removeprefix('bench-') for path in HERE.glob('bench-*.c'))
    for name in names or known:
        if name not in known:
            print(f'There is no bench “{name}”; there are: {", ".join(known)}', file=sys.stderr)
            return 2
        subprocess.run(['ninja', '-C', build, '--quiet', f'tests/bench/bench-{name}'], check=True)
        command = [str(Path(build, 'tests', 'bench', f'bench-{name}'))]
        if name in WINDOWED:
            command.insert(0, str(HERE.parent / 'display' / 'with-display.sh'))
        print(f'— {name} —', flush=True)
        if name in SCENES:
            scenes = Path(build, 'tests', 'bench', 'scenes')
            subprocess.run([sys.executable, HERE / 'scenes' / 'render.py', scenes], check=True)
            command.append(str(scenes))
        if name == 'grounding':
            command.append(str(HERE.parent / 'data' / 'grounding'))
        if name == 'hand':
            command.append(str(HERE.parent / 'data' / 'hand' / 'month.json'))
        environment = {**os.environ, 'CS_FAULT_SHOP': str(HERE.parent / 'channels' / 'fault_shop.py')}
        status = subprocess.run(command, env=environment, check=False).returncode
        if status:
            return status
    return 0


sys.exit(main(*sys.argv[1:]))
