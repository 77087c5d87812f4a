#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""render.py FOLDER [NAME…]: the truth that cut-outs are measured against.

Each scene is rendered twice: as a seller would photograph it, NAME.jpg, and the
product alone at twice the size, NAME.png, whose alpha channel says what is
product: exactly that share of each pixel. Glass counts as product, all of it,
since a bottle is cut out with what shines through; what is seen through a
handle or a hole is not. list.txt names the scenes with their classes. What is
there already and no older than its sources is kept. Wants POV-Ray 3.7.
"""

import math
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[2] / 'data' / 'samples' / 'scenes'

# What it is: file that declares it, how it is called, height of its middle, radius
THINGS = {
    'can': ('handles', 'object { Watering_Can Satin (srgb <0.30, 0.48, 0.44>) }', 7, 15),
    'tin-can': ('handles', 'object { Watering_Can Metal (Silver) }', 7, 15),
    'whisk': ('handles', 'object { Whisk }', 1.6, 14.5),
    'pan': ('handles', 'object { Pan translate x * -9 }', 3, 21),
    'tote': ('handles', 'object { Tote (srgb <0.78, 0.70, 0.56>, srgb <0.55, 0.33, 0.18>) }', 13.6, 15),
    'white-tote': ('handles', 'object { Tote (Snow, Snow * 0.97) }', 13.6, 15),
    'mug': ('glazed-mug', 'object { Blue_Mug }', 4.8, 7.5),
    'black-mug': ('glazed-mug', 'object { Mug (srgb <0.07, 0.07, 0.08>, srgb <0.04, 0.04, 0.05>, srgb <0.2, 0.17, 0.14>) }', 4.8, 7.5),
    'teapot': ('clay-teapot', 'object { Pot }', 4.5, 10),
    'scissors': ('handles', 'object { Scissors (srgb <0.72, 0.12, 0.10>) }', 0.5, 12),
    'black-scissors': ('handles', 'object { Scissors (Coal) }', 0.5, 12),
    'colander': ('handles', 'object { Colander (srgb <0.80, 0.30, 0.22>) }', 4.6, 10),
    'bangles': ('handles', 'object { Bangles }', 2.6, 8),
    'frame': ('handles', 'object { Frame (srgb <0.42, 0.27, 0.16>) }', 11.6, 15),
    'chair': ('handles', 'object { Chair (srgb <0.66, 0.44, 0.26>) }', 9.6, 12.5),
    'car': ('wooden-toy-car', 'object { Car }', 4, 9.8),
    'tumbler': ('vessels', 'object { Tumbler Glass (rgb <0.97, 0.99, 0.99>) translate y * 0.02 }', 5.5, 7.2),
    'wine-glass': ('vessels', 'object { Wine_Glass Glass (rgb <0.98, 0.99, 0.99>) translate y * 0.02 }', 8.7, 10),
    'jar': ('vessels', 'object { Jar (Brass) translate y * 0.02 }', 5.4, 8),
    'perfume': ('vessels', 'object { Perfume (rgb <0.98, 0.86, 0.82>) translate y * 0.02 }', 5.2, 7),
    'green-vase': ('vessels', 'object { Vase Glass (rgb <0.62, 0.90, 0.74>) translate y * 0.02 }', 9, 11),
    'spectacles': ('vessels', 'object { Spectacles rotate y * 20 translate z * -4 }', 1.6, 9.5),
    'bowl': ('vessels', 'object { Bowl Glossy (Snow) }', 3.5, 9.2),
    'cup': ('vessels', 'object { Cup Glossy (Snow) }', 3.4, 8.4),
    'vase': ('vessels', 'object { Vase Satin (Snow) }', 9, 11),
    'hat': ('knitted-hat', 'object { Hat }', 9.6, 13),
    'cushion': ('soft', 'object { Cushion (Snow) }', 9.6, 14),
    'black-cushion': ('soft', 'object { Cushion (Coal) }', 9.6, 14),
    'bear': ('soft', 'object { Bear (srgb <0.58, 0.38, 0.22>) }', 8.2, 11),
    'white-bear': ('soft', 'object { Bear (srgb <0.80, 0.76, 0.70>) }', 8.2, 11),
    'pompom': ('soft', 'object { Pompom (srgb <0.66, 0.34, 0.42>) translate x * -1.6 }', 4, 8),
    'grey-pompom': ('soft', 'object { Pompom (srgb <0.45, 0.43, 0.42>) translate x * -1.6 }', 4, 8),
    'fur-cushion': ('soft', 'object { Fur_Cushion (srgb <0.70, 0.62, 0.52>) }', 4.4, 12.5),
    'slippers': ('cotton-slippers', 'union { object { Slipper scale <-1, 1, 1> rotate y * 158 translate <-6, 0, 0> } object { Slipper rotate y * 168 translate <6.2, 0, 1.5> } }', 2.6, 17),
    'sandals': ('soft', 'object { Sandals (srgb <0.45, 0.26, 0.15>) }', 2.6, 15.5),
    'boots': ('soft', 'object { Boots (srgb <0.46, 0.30, 0.17>) }', 11.5, 17),
    'black-boots': ('soft', 'object { Boots (Coal) }', 11.5, 17),
    'tray': ('soft', 'object { Tray (srgb <0.80, 0.62, 0.36>) }', 1.8, 15.5),
    'rattan': ('soft', 'object { Rattan (srgb <0.72, 0.54, 0.32>) }', 8.8, 10),
    'carrier': ('soft', 'object { Open_Basket (srgb <0.62, 0.44, 0.26>) }', 12, 14),
    'basket': ('bamboo-basket', 'object { Basket rotate y * 11 }', 5.6, 15.5),
    'necklace': ('small', 'object { Necklace (Silver, srgb <0.10, 0.32, 0.52>) }', 0.4, 10),
    'gold-necklace': ('small', 'object { Necklace (Brass, srgb <0.56, 0.08, 0.10>) }', 0.4, 10),
    'bracelet': ('small', 'object { Bracelet (Brass) }', 0.6, 6.6),
    'agate': ('agate-necklace', '''
#macro At (T)
  #local A = 2 * pi * T;
  <7.6 * cos (A) + 0.9 * cos (3 * A + 1), 0.52, 5.4 * sin (A) + 0.7 * sin (2 * A)>
#end
union { String (0.0, 0.957, 0.98) }''', 0.5, 9.5),
    'keys': ('small', 'object { Key_Ring (srgb <0.50, 0.24, 0.14>) translate x * 2 }', 0.4, 9.5),
    'handbag': ('small', 'object { Handbag (srgb <0.50, 0.14, 0.13>, 0) }', 9.5, 12.5),
    'chain-bag': ('small', 'object { Handbag (srgb <0.18, 0.28, 0.34>, 1) }', 9.5, 12.5),
    'watch': ('small', 'object { Watch (srgb <0.33, 0.18, 0.10>) }', 2.6, 5),
    'belt': ('small', 'object { Belt (srgb <0.36, 0.20, 0.10>) }', 1.6, 8.4),
    'headphones': ('small', 'object { Headphones (Coal) }', 7.6, 11.5),
    'camera': ('small', 'object { Camera_Body (Coal) translate x * 1.5 }', 4.6, 11.5),
    'crackers': ('small', 'object { Lettered_Box (<12, 18, 5>, srgb <0.90, 0.72, 0.22>, srgb <0.28, 0.12, 0.10>, "Oatcakes", "with sea salt", "Wheat, oats, rapeseed oil, salt. Best before: see lid") }', 9, 12.5),
    'soap': ('small', 'object { Lettered_Box (<13, 8, 4>, srgb <0.88, 0.86, 0.80>, srgb <0.16, 0.34, 0.28>, "Olive soap", "cold stirred, 120 g", "Olea europaea, aqua, sodium hydroxide, lavender") }', 4, 8.6),
    'book': ('small', 'object { Book (srgb <0.14, 0.26, 0.38>, srgb <0.90, 0.80, 0.56>) }', 10.4, 13.5),
    'tag': ('small', 'object { Tag (srgb <0.93, 0.91, 0.86>, srgb <0.12, 0.12, 0.12>) translate z * -4 }', 0.3, 10.5),
    'honey': ('small', 'object { Label_Jar (srgb <0.72, 0.42, 0.06>, srgb <0.95, 0.92, 0.84>, srgb <0.30, 0.14, 0.05>) }', 4.8, 7),
}

GROUNDS = {
    'paper': 'Paper_Sweep (srgb <0.83, 0.83, 0.82>, 45)',
    'grey-paper': 'Paper_Sweep (srgb <0.70, 0.71, 0.72>, 45)',
    'blue-paper': 'Paper_Sweep (srgb <0.55, 0.66, 0.74>, 45)',
    'black-paper': 'Paper_Sweep (srgb <0.19, 0.19, 0.20>, 45)',
    'pine': 'Plank_Table (srgb <0.78, 0.67, 0.53>, srgb <0.63, 0.50, 0.36>, 14, 0.18, 14)',
    'walnut': 'Plank_Table (srgb <0.46, 0.33, 0.23>, srgb <0.27, 0.17, 0.11>, 15, 0.35, 11)',
    'oak': 'Plank_Table (srgb <0.62, 0.50, 0.38>, srgb <0.42, 0.31, 0.22>, 12, 0.25, 21)',
    'linen': 'Cloth_Table (srgb <0.80, 0.77, 0.70>, 0.16)',
    'dark-linen': 'Cloth_Table (srgb <0.30, 0.33, 0.36>, 0.16)',
    'sheet': 'Cloth_Table (srgb <0.90, 0.90, 0.89>, 0.10)',
    'plaster': 'Plaster_Table (srgb <0.66, 0.68, 0.69>) plane { -z, -60 Dull (srgb <0.72, 0.72, 0.71>) }',
    'carpet': 'Carpet (srgb <0.55, 0.16, 0.14>, srgb <0.72, 0.58, 0.42>, srgb <0.15, 0.18, 0.30>, 16)',
    'blue-carpet': 'Carpet (srgb <0.36, 0.44, 0.52>, srgb <0.62, 0.64, 0.64>, srgb <0.80, 0.78, 0.72>, 11)',
    'tiles': 'Tiles (srgb <0.82, 0.80, 0.76>, 20)',
}

LIGHTS = {
    'day': 'Studio (-0.1, Daylight, <-100, 120, -70>)',
    'noon': 'Studio (0.1, Daylight, <60, 140, -40>)',
    'shade': 'Studio (-0.6, Shade, <-110, 110, -20>)',
    'lamp': 'Studio (-0.5, Tungsten, <90, 90, -60>)',
    'behind': 'Studio (-0.3, Daylight, <-90, 110, 60>)',
    'soft': 'Studio (-0.2, Lamp, <-60, 130, -90>)',
}

# Where it is seen from: around, above, how much of the picture it fills,
# crookedness, width and height
VIEWS = {
    'front': (-12, 14, 0.72, 0.8, 640, 480),
    'left': (-34, 24, 0.70, -1.5, 640, 480),
    'right': (28, 28, 0.74, 1.6, 640, 480),
    'high': (8, 52, 0.72, -2.2, 640, 640),
    'top': (4, 76, 0.74, 2.4, 640, 480),
    'tall': (-16, 20, 0.74, 1.2, 480, 640),
    'far': (18, 30, 0.50, -1.0, 640, 480),
    'close': (-24, 20, 0.90, 1.8, 640, 640),
}

SCENES = [
    ('handle', 'can', 'grey-paper', 'day', 'front'), ('handle', 'tin-can', 'oak', 'behind', 'left'),
    ('handle', 'whisk', 'linen', 'soft', 'top'), ('handle', 'whisk', 'walnut', 'noon', 'high'),
    ('handle', 'pan', 'pine', 'day', 'right'), ('handle', 'tote', 'paper', 'day', 'tall'),
    ('handle', 'teapot', 'sheet', 'lamp', 'left'), ('handle', 'mug', 'carpet', 'shade', 'right'),
    ('hole', 'scissors', 'paper', 'noon', 'top'), ('hole', 'scissors', 'oak', 'lamp', 'high'),
    ('hole', 'colander', 'plaster', 'day', 'left'), ('hole', 'bangles', 'blue-paper', 'soft', 'front'),
    ('hole', 'frame', 'tiles', 'day', 'tall'), ('hole', 'chair', 'grey-paper', 'behind', 'tall'),
    ('hole', 'car', 'blue-carpet', 'day', 'left'), ('hole', 'keys', 'linen', 'shade', 'top'),
    ('glass', 'tumbler', 'paper', 'day', 'tall'), ('glass', 'tumbler', 'walnut', 'behind', 'left'),
    ('glass', 'wine-glass', 'grey-paper', 'day', 'tall'), ('glass', 'jar', 'oak', 'soft', 'front'),
    ('glass', 'perfume', 'paper', 'noon', 'front'), ('glass', 'green-vase', 'plaster', 'day', 'tall'),
    ('glass', 'spectacles', 'pine', 'day', 'high'),
    ('white', 'bowl', 'paper', 'day', 'right'), ('white', 'cup', 'paper', 'soft', 'left'),
    ('white', 'vase', 'sheet', 'shade', 'tall'), ('white', 'hat', 'paper', 'day', 'front'),
    ('white', 'cushion', 'sheet', 'lamp', 'right'), ('white', 'white-tote', 'paper', 'behind', 'tall'),
    ('white', 'white-bear', 'tiles', 'noon', 'front'),
    ('black', 'headphones', 'black-paper', 'day', 'left'), ('black', 'camera', 'black-paper', 'soft', 'front'),
    ('black', 'black-mug', 'black-paper', 'noon', 'right'), ('black', 'black-boots', 'dark-linen', 'shade', 'tall'),
    ('black', 'black-cushion', 'black-paper', 'behind', 'left'), ('black', 'black-scissors', 'dark-linen', 'day', 'top'),
    ('fur', 'bear', 'paper', 'day', 'front'), ('fur', 'bear', 'carpet', 'soft', 'right'),
    ('fur', 'pompom', 'oak', 'day', 'left'), ('fur', 'grey-pompom', 'linen', 'noon', 'high'),
    ('fur', 'fur-cushion', 'pine', 'shade', 'right'), ('fur', 'slippers', 'blue-carpet', 'day', 'high'),
    ('chain', 'necklace', 'dark-linen', 'day', 'top'), ('chain', 'gold-necklace', 'paper', 'soft', 'top'),
    ('chain', 'bracelet', 'walnut', 'noon', 'high'), ('chain', 'bracelet', 'grey-paper', 'day', 'left'),
    ('chain', 'agate', 'linen', 'day', 'top'), ('chain', 'chain-bag', 'plaster', 'day', 'tall'),
    ('text', 'crackers', 'pine', 'day', 'tall'), ('text', 'soap', 'paper', 'lamp', 'left'),
    ('text', 'book', 'grey-paper', 'soft', 'tall'), ('text', 'tag', 'walnut', 'day', 'high'),
    ('text', 'honey', 'tiles', 'behind', 'front'), ('text', 'crackers', 'carpet', 'shade', 'far'),
    ('basket', 'basket', 'oak', 'day', 'left'), ('basket', 'basket', 'linen', 'behind', 'high'),
    ('basket', 'tray', 'dark-linen', 'soft', 'high'), ('basket', 'rattan', 'paper', 'day', 'front'),
    ('basket', 'carrier', 'plaster', 'day', 'tall'), ('basket', 'carrier', 'pine', 'noon', 'right'),
    ('shoe', 'sandals', 'tiles', 'day', 'high'), ('shoe', 'sandals', 'paper', 'soft', 'right'),
    ('shoe', 'boots', 'oak', 'shade', 'tall'), ('shoe', 'boots', 'paper', 'day', 'close'),
    ('strap', 'handbag', 'paper', 'day', 'tall'), ('strap', 'handbag', 'linen', 'lamp', 'front'),
    ('strap', 'watch', 'grey-paper', 'noon', 'front'), ('strap', 'watch', 'pine', 'day', 'close'),
    ('strap', 'belt', 'sheet', 'day', 'left'), ('strap', 'tote', 'carpet', 'soft', 'far'),
]


def name_of(scene):
    return '-'.join(scene[:3])


def shot(middle, radius, view):
    around, above, fill, roll, width, height = VIEWS[view]
    away = radius * 5.2
    flat = away * math.cos(math.radians(above))
    eye = (flat * math.sin(math.radians(around)), middle + away * math.sin(math.radians(above)),
           -flat * math.cos(math.radians(around)))
    half = math.degrees(math.atan(radius / away / fill))
    if width > height:
        half = math.degrees(math.atan(math.tan(math.radians(half)) * 1.1))
    return f'Shot (<{eye[0]:.3f}, {eye[1]:.3f}, {eye[2]:.3f}>, <{radius * 0.04:.3f}, {middle}, 0>, {2 * half:.3f}, {roll})'


def write_scene(scene, mask, path):
    _, thing, ground, light, view = scene
    source, call, middle, radius = THINGS[thing]
    own = (HERE / f'{source}.inc').exists()
    text = f'#declare Mask = {int(mask)};\n#declare View = 0;\n#include "studio.inc"\n#include "stuff.inc"\n'
    text += f'#include "{source}.{"inc" if own else "pov"}"\n'
    if not mask:
        text += 'global_settings { max_trace_level 6 adc_bailout 0.02 radiosity { count 24 nearest_count 5 error_bound 1.2 } }\n'
        text += f'{GROUNDS[ground]}\n{LIGHTS[light]}\n'
    text += f'{call}\n{shot(middle, radius, view)}\n'
    path.write_text(text)


def povray(folder, scene, mask, target, size, *options):
    source = target.with_suffix('.mask.pov' if mask else '.pov')
    unfinished = target.with_suffix('.part' + target.suffix)
    write_scene(scene, mask, source)
    run = subprocess.run(['povray', '+WT1', '-D', f'+W{size[0]}', f'+H{size[1]}', f'+L{HERE}', f'+L{SAMPLES}',
                          f'+I{source}', f'+O{unfinished}', *options],
                         cwd=folder, stderr=subprocess.PIPE, text=True, errors='replace', check=False)
    if run.returncode:
        raise RuntimeError(f'{target.name}: {run.stderr[-1200:]}')
    unfinished.rename(target)
    source.unlink()


def render(folder, scene):
    name = name_of(scene)
    photo, mask = folder / f'{name}.jpg', folder / f'{name}.png'
    newest = max(path.stat().st_mtime for path in [*HERE.iterdir(), *SAMPLES.iterdir()])
    if not all(path.exists() and path.stat().st_mtime > newest for path in (photo, mask)):
        width, height = VIEWS[scene[4]][4:]
        povray(folder, scene, True, mask, (2 * width, 2 * height), '+FN8', '+UA', '+Q1', '+A0.02', '+AM1', '+R2', '-J')
        povray(folder, scene, False, photo, (width, height), '+FJ92', '+A0.15', '+AM2', '+R2', '+J0.6')
        print(name, flush=True)


def main(folder, *names):
    folder = Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    known = [name_of(scene) for scene in SCENES]
    assert len(known) == len(set(known)), 'two scenes of one name'
    (folder / 'list.txt').write_text(''.join(f'{scene[0]} {name_of(scene)}\n' for scene in SCENES))
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for done in [pool.submit(render, folder, scene) for scene in SCENES
                     if not names or name_of(scene) in names or scene[1] in names]:
            done.result()


if __name__ == '__main__':
    main(*sys.argv[1:])
