// SPDX-License-Identifier: GPL-3.0-or-later
// A soy candle in a tin, its lid leaning on it; the label is drawn in candle-label.svg
#include "studio.inc"

#declare Tin = texture {
  pigment { srgb <0.80, 0.79, 0.77> }
  normal { gradient y 0.05 scale 0.05 }
  finish { diffuse 0.32 specular 0.6 roughness 0.03 reflection { 0.38 metallic } metallic }
}

#declare Can = union {
  difference {
    cylinder { 0, <0, 5.2, 0>, 3.8 }
    cylinder { <0, 0.2, 0>, <0, 5.3, 0>, 3.72 }
    texture { Tin }
  }
  torus { 3.78, 0.09 translate y * 5.2 texture { Tin } }
  torus { 3.74, 0.12 translate y * 0.1 texture { Tin } }
  // Wax, a little hollow round the wick
  difference {
    cylinder { <0, 0.2, 0>, <0, 4.45, 0>, 3.73 }
    sphere { <0, 24.35, 0>, 20 }
    texture {
      pigment { bozo color_map { [0.2 srgb <0.93, 0.88, 0.76>] [0.9 srgb <0.96, 0.92, 0.82>] } scale 1.5 }
      normal { bumps 0.05 scale 0.5 }
      finish { diffuse 0.85 specular 0.22 roughness 0.04 emission 0.03 }
    }
  }
  cylinder { <0, 4.0, 0>, <0.08, 5.15, 0>, 0.09 pigment { srgb <0.84, 0.78, 0.66> } normal { gradient y 1 scale 0.12 } }
  difference {
    cylinder { <0, 0.7, 0>, <0, 4.6, 0>, 3.825 }
    cylinder { <0, 0.6, 0>, <0, 4.7, 0>, 3.80 }
    texture {
      pigment {
        image_map { png "candle-label.png" map_type 2 interpolate 2 }
        scale <1, 3.9, 1> rotate y * -90 translate y * 0.7
      }
      normal { granite 0.015 scale 0.5 }
      finish { diffuse 0.85 }
    }
  }
}

#declare Lid = union {
  cylinder { 0, <0, 0.12, 0>, 3.9 }
  torus { 3.82, 0.12 translate y * 0.06 }
  difference { cylinder { <0, -1.1, 0>, <0, 0, 0>, 3.94 } cylinder { <0, -1.2, 0>, <0, -0.05, 0>, 3.86 } }
  torus { 3.0, 0.06 translate y * 0.12 }
  texture { Tin }
}

// A dried slice of orange
#macro Slice (At, Turn)
  union {
    torus { 2.1, 0.16 scale <1, 0.8, 1> pigment { srgb <0.80, 0.38, 0.06> } normal { bumps 0.4 scale 0.15 } finish { specular 0.1 } }
    cylinder { <0, -0.07, 0>, <0, 0.07, 0>, 2.1 pigment { srgb <0.93, 0.80, 0.55> } }
    #local I = 0;
    #while (I < 9)
      intersection {
        cylinder { <0, -0.12, 0>, <0, 0.12, 0>, 1.9 }
        plane { z, -0.07 rotate y * 17 }
        plane { -z, -0.07 rotate y * -17 }
        translate x * 0.08
        rotate y * I * 40
        texture {
          pigment { wood color_map { [0 srgb <0.86, 0.45, 0.08>] [1 srgb <0.93, 0.58, 0.16>] } scale 0.3 rotate x * 90 }
          normal { wrinkles 0.5 scale 0.2 }
          finish { diffuse 0.8 specular 0.35 roughness 0.04 }
        }
      }
      #local I = I + 1;
    #end
    rotate Turn translate At
  }
#end

Plank_Table (srgb <0.62, 0.50, 0.38>, srgb <0.42, 0.31, 0.22>, 12, 0.25, 21)
object { Can rotate y * -6 translate <-0.8, 0, 1> }
object { Lid rotate x * -74 translate y * 3.95 rotate y * -28 translate <6.4, 0, 2.4> }
Slice (<-4.4, 0.22, -5.4>, <3, 10, 0>)
Slice (<-7.0, 0.45, -3.4>, <10, 40, -6>)
Studio (-0.35, <1.06, 0.93, 0.76>, <-100, 100, -40>)
Shot (<1, 21, -40>, <0.6, 3.0, 0>, 28, 2.8)
