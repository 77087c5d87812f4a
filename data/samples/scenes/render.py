#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders the sample photos from the scenes beside this file.

    render.py [--test] [SCENE[/N]…]

Wants POV-Ray 3.7, ImageMagick, and GdkPixbuf (with librsvg), Pango's Noto CJK
fonts and GExiv2 through GObject introspection. --test makes small, quick
pictures in /tmp/countersign-scenes and leaves the samples alone.
"""

import argparse
import os
import subprocess
import sys
import tempfile

import gi

gi.require_version('GdkPixbuf', '2.0')
gi.require_version('GExiv2', '0.10')
from gi.repository import GdkPixbuf, GExiv2  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.dirname(HERE)

# Drawn sheets that scenes lay on cartons, bottles and cloth: file, pixels wide
LABELS = {
    'tea-front': 900, 'tea-side': 600, 'oil-label': 900, 'candle-label': 2000,
    'shirt-shape': 900, 'shirt-colour': 1500,
}

# Where folder and files are named by a camera, so that the program has nothing
# to go by and asks
NAMES = {'clay-teapot': ('DCIM', 'IMG_%04d.jpg', 944)}

# scene, photo, pixels wide and high, quality, when it was taken
SHOTS = [
    ('bamboo-basket', 1, 1280, 960, 80, '2026:10:12 09:14:05'),
    ('bamboo-basket', 2, 1280, 960, 80, '2026:10:12 09:14:48'),
    ('bamboo-basket', 3, 1280, 960, 78, '2026:10:12 09:16:10'),
    ('glazed-mug', 1, 1280, 960, 82, '2026:10:12 10:02:31'),
    ('glazed-mug', 2, 960, 1280, 82, '2026:10:12 10:03:02'),
    ('tea-carton', 1, 1080, 1440, 84, '2026:10:13 14:20:11'),
    ('tea-carton', 2, 1280, 960, 84, '2026:10:13 14:21:40'),
    ('cotton-t-shirt', 1, 1080, 1350, 80, '2026:10:14 11:05:00'),
    ('cotton-t-shirt', 2, 1280, 960, 80, '2026:10:14 11:06:22'),
    ('agate-necklace', 1, 1080, 1350, 82, '2026:10:14 15:40:09'),
    ('agate-necklace', 2, 1280, 960, 82, '2026:10:14 15:42:37'),
    ('wooden-toy-car', 1, 1280, 960, 82, '2026:10:15 08:51:12'),
    ('wooden-toy-car', 2, 1280, 960, 82, '2026:10:15 08:52:00'),
    ('leather-wallet', 1, 1280, 960, 80, '2026:10:15 09:30:45'),
    ('leather-wallet', 2, 1280, 960, 80, '2026:10:15 09:31:20'),
    ('knitted-hat', 1, 1200, 1200, 78, '2026:10:16 16:12:03'),
    ('knitted-hat', 2, 1280, 960, 78, '2026:10:16 16:13:15'),
    ('camellia-oil', 1, 1080, 1440, 84, '2026:10:17 10:10:10'),
    ('cotton-slippers', 1, 1280, 960, 80, '2026:10:17 13:01:44'),
    ('cotton-slippers', 2, 1280, 960, 80, '2026:10:17 13:02:30'),
    ('soy-candle', 1, 1200, 1200, 82, '2026:10:18 19:22:05'),
    ('clay-teapot', 1, 1280, 960, 82, '2026:10:19 09:45:33'),
    ('clay-teapot', 2, 1280, 960, 82, '2026:10:19 09:45:41'),
]


def draw_labels(folder):
    """The lettering comes from SVG: POV-Ray reads no font collections."""
    for name, width in LABELS.items():
        source = os.path.join(HERE, name + '.svg')
        pixbuf = GdkPixbuf.Pixbuf.new_from_file_at_scale(source, width, -1, True)
        sheet = os.path.join(folder, name + '.png')
        pixbuf.savev(sheet, 'png', [], [])
        if name.endswith('-shape'):
            # A height wants more than 256 steps, or cloth shows contour lines
            subprocess.run(['convert', sheet, '-depth', '16', '-colorspace', 'Gray',
                            '-blur', '0x3', sheet], check=True)


def develop(png, jpeg, quality, taken):
    """A little grain, as a phone's sensor has it, and the time in the EXIF."""
    subprocess.run(['convert', png, '-strip', '-seed', '5', '-attenuate', '0.05',
                    '+noise', 'Gaussian', '-sampling-factor', '4:2:0',
                    '-interlace', 'JPEG', '-quality', str(quality), jpeg], check=True)
    metadata = GExiv2.Metadata.new()
    metadata.open_path(jpeg)
    metadata.clear()
    for tag in ('Exif.Photo.DateTimeOriginal', 'Exif.Image.DateTime'):
        metadata.try_set_tag_string(tag, taken)
    metadata.save_file(jpeg)


def render(shot, work, test):
    scene, number, width, height, quality, taken = shot
    if test:
        width, height = width * 2 // 7, height * 2 // 7
    png = os.path.join(work, f'{scene}-{number}.png')
    run = subprocess.run(
        ['povray', '+WT1', '-D', '+FN8', f'+W{width}', f'+H{height}', f'+L{HERE}', f'+L{work}',
         *(['+A0.3', '+AM1', '+R2'] if test else ['+A0.12', '+AM2', '+R2', '+J0.6']),
         f'Declare=View={number}', f'+I{scene}.pov', f'+O{png}'],
        cwd=work, stderr=subprocess.PIPE, text=True)
    if run.returncode != 0:
        sys.exit(run.stderr[-900:])
    if test:
        target = os.path.join(work, f'{scene}-{number}.jpg')
    else:
        folder, name, first = NAMES.get(scene, (scene, '%d.jpg', 0))
        target = os.path.join(SAMPLES, folder, name % (first + number))
        os.makedirs(os.path.dirname(target), exist_ok=True)
    develop(png, target, quality, taken)
    print(target, os.path.getsize(target), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--test', action='store_true')
    parser.add_argument('what', nargs='*')
    arguments = parser.parse_args()
    wanted = [shot for shot in SHOTS
              if not arguments.what or shot[0] in arguments.what
              or f'{shot[0]}/{shot[1]}' in arguments.what]
    with tempfile.TemporaryDirectory() as temporary:
        work = temporary
        if arguments.test:
            work = '/tmp/countersign-scenes'
            os.makedirs(work, exist_ok=True)
        draw_labels(work)
        for shot in wanted:
            render(shot, work, arguments.test)


if __name__ == '__main__':
    main()
