// SPDX-License-Identifier: GPL-3.0-or-later
// A hand-stitched wallet of vegetable-tanned leather, closed and open
#include "studio.inc"

#macro Leather (Tone, Seed)
  texture {
    pigment {
      bozo turbulence 0.5
      color_map {
        [0.0 srgb <0.40, 0.21, 0.10> * Tone] [0.5 srgb <0.50, 0.28, 0.14> * Tone] [1.0 srgb <0.58, 0.34, 0.18> * Tone]
      }
      scale 2.6 translate Seed * 7
    }
    normal {
      average
      normal_map {
        [1 crackle 0.5 turbulence 0.3 scale 0.11]
        [1 granite 0.12 scale 1.2]
        [0.5 bumps 0.5 scale 2.5]
      }
    }
    finish { diffuse 0.78 specular 0.3 roughness 0.04 reflection { 0, 0.12 fresnel on } }
  }
  interior { ior 1.42 }
#end

// Stitches from A to B, lying at height Y; waxed thread, a little slanted
#macro Stitches (A, B)
  #local D = vnormalize (B - A);
  #local Side = vcross (y, D);
  #local L = vlength (B - A);
  #local N = int (L / 0.42);
  #local I = 0;
  #while (I < N)
    #local P = A + D * (L * (I + 0.5) / N);
    sphere_sweep {
      linear_spline 3
      P - D * 0.15 - Side * 0.03 - y * 0.02, 0.042, P + y * 0.012, 0.05, P + D * 0.15 + Side * 0.03 - y * 0.02, 0.042
      pigment { srgb <0.88, 0.80, 0.62> } finish { diffuse 0.85 specular 0.1 }
    }
    #local I = I + 1;
  #end
#end
#macro Seam (X0, X1, Z0, Z1, Y, Inset)
  Stitches (<X0 + Inset, Y, Z0 + Inset>, <X1 - Inset, Y, Z0 + Inset>)
  Stitches (<X0 + Inset, Y, Z1 - Inset>, <X1 - Inset, Y, Z1 - Inset>)
  Stitches (<X0 + Inset, Y, Z0 + Inset>, <X0 + Inset, Y, Z1 - Inset>)
  Stitches (<X1 - Inset, Y, Z0 + Inset>, <X1 - Inset, Y, Z1 - Inset>)
#end

#declare Closed = union {
  union {
    object { Rounded_Box (<-5.5, 0, -4.5>, <5.5, 0.34, 4.5>, 0.16) Leather (0.9, 1) }
    object { Rounded_Box (<-5.2, 0.34, -4.42>, <5.3, 0.62, 4.42>, 0.1) Leather (0.7, 5) }
    object { Rounded_Box (<-5.2, 0.6, -4.42>, <5.25, 0.9, 4.42>, 0.1) Leather (0.75, 6) }
    object { Rounded_Box (<-5.5, 0.9, -4.5>, <5.5, 1.24, 4.5>, 0.16) Leather (1.05, 2) }
    // The fold
    intersection {
      cylinder { <-5.4, 0.62, -4.5>, <-5.4, 0.62, 4.5>, 0.62 }
      plane { x, -5.2 }
      Leather (0.95, 3)
    }
  }
  Seam (-5.5, 5.5, -4.5, 4.5, 1.255, 0.34)
  // Pressed mark: a leaf in a ring
  torus { 0.62, 0.035 translate <3.6, 1.235, -2.7> Leather (0.5, 3) }
  intersection {
    cylinder { <3.6, 1.2, -2.35>, <3.6, 1.246, -2.35>, 0.5 }
    cylinder { <3.6, 1.1, -3.05>, <3.6, 1.3, -3.05>, 0.5 }
    Leather (0.5, 3)
  }
}

#macro Page (Seed)
  object { Rounded_Box (<-5.3, 0, -4.5>, <5.3, 0.3, 4.5>, 0.14) Leather (1, Seed) }
  #local I = 0;
  #while (I < 3)
    object {
      Rounded_Box (<-4.9, 0.28, -4.4>, <4.9, 0.44 + 0.12 * I, 2.9 - I * 1.5>, 0.07)
      Leather (1.06 - I * 0.03, Seed + I + 2)
    }
    Stitches (<-4.7, 0.46 + 0.12 * I, 2.68 - I * 1.5>, <4.7, 0.46 + 0.12 * I, 2.68 - I * 1.5>)
    #local I = I + 1;
  #end
  Stitches (<-4.6, 0.69, -4.1>, <4.6, 0.69, -4.1>)
#end
#declare Open = union {
  union { Page (1) translate -y * 0.05 rotate z * -4 translate <-5.5, 0.45, 0> }
  union { Page (11) translate -y * 0.05 rotate z * 9 translate <5.5, 0.25, 0> }
  difference {
    cylinder { <0, -0.35, -4.5>, <0, -0.35, 4.5>, 0.95 }
    cylinder { <0, -0.35, -4.6>, <0, -0.35, 4.6>, 0.68 }
    plane { y, 0.05 }
    Leather (0.85, 30)
  }
}

#switch (View)
  #case (1)
    // Boards painted white, seen from above by somebody who held the camera askew
    Boards (srgb <0.87, 0.87, 0.86>, srgb <0.84, 0.84, 0.83>, 7.5, 0.08, 31, srgb <0.74, 0.74, 0.73>, 0.05)
    object { Closed rotate y * -2 translate <0.3, 0, 0.6> }
    Studio (-0.1, Daylight, <-100, 110, 40>)
    Shot (<0.4, 62, -5>, <0.4, 0, 0.3>, 24, 3.2)
  #break
  #case (2)
    Plank_Table (srgb <0.70, 0.60, 0.48>, srgb <0.54, 0.43, 0.32>, 13, 0.15, 31)
    object { Open rotate y * 6 translate <1, 0, 0> }
    Studio (-0.9, Tungsten, <-90, 90, 60>)
    Shot (<2, 34, -22>, <1.5, 0, -0.6>, 42, 2)
  #break
#end
