// SPDX-License-Identifier: GPL-3.0-or-later
// A T-shirt laid out on a table; its cut and colour are drawn in shirt-shape.svg and shirt-colour.svg
#include "studio.inc"

#declare Shape = function { pigment { image_map { png "shirt-shape.png" gamma 1.0 interpolate 2 once } } }
#declare Soft = function { pattern { bozo turbulence 0.4 octaves 3 scale <0.16, 0.22, 1> rotate z * 30 } }
#declare Fine = function { pattern { wrinkles turbulence 0.3 scale <0.08, 0.14, 1> rotate z * -20 } }

// 90 by 76 centimetres of table, the body is 42 wide
height_field {
  function 900, 970 {
    // Cloth is thin: what the drawing has above the plain cloth counts in full, the rest little
    (0.35 * Shape (x, 1 - y, 0).gray + 0.65 * max (0, Shape (x, 1 - y, 0).gray - 0.45))
    * (1 + 0.40 * (Soft (x, y, 0) - 0.5) + 0.14 * (Fine (x, y, 0) - 0.5))
  }
  smooth
  water_level 0.05
  texture {
    pigment { image_map { png "shirt-colour.png" interpolate 2 } rotate x * 90 }
    normal {
      average
      normal_map {
        [1 gradient x 0.4 sine_wave scale 0.0022]
        [1 gradient z 0.3 sine_wave scale 0.0030]
        [1 bozo 0.4 scale 0.004]
      }
    }
    finish { diffuse 0.85 specular 0.03 roughness 0.2 }
  }
  translate <-0.5, -0.05, -0.5>
  scale <90, 5.6, 75.6>
}

Plank_Table (srgb <0.78, 0.67, 0.53>, srgb <0.63, 0.50, 0.36>, 14, 0.18, 14)

#switch (View)
  #case (1)
    Studio (-0.1, Daylight, <-120, 110, 50>)
    Shot (<0, 150, -36>, <1.5, 0, -0.5>, 35, 3)
  #break
  #case (2)
    Studio (-1.0, Shade, <110, 100, 40>)
    Shot (<-52, 96, -70>, <3, 0, -2>, 42, -2)
  #break
#end
