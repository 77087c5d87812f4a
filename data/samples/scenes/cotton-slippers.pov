// SPDX-License-Identifier: GPL-3.0-or-later
// A pair of lined house slippers: corduroy outside, fleece inside, a soft rubber sole
#include "studio.inc"

#declare Cord = srgb <0.55, 0.20, 0.22>;
#declare Corduroy = texture {
  pigment { bozo color_map { [0 Cord * 0.88] [1 Cord * 1.08] } scale 1.2 }
  normal { gradient x 1.1 sine_wave scale 0.34 turbulence 0.02 }
  finish { diffuse 0.85 brilliance 0.8 }
}
#declare Fleece = texture {
  pigment { bozo color_map { [0.1 srgb <0.86, 0.80, 0.70>] [0.9 srgb <0.94, 0.90, 0.82>] } scale 0.5 }
  normal { wrinkles 1.1 scale 0.28 }
  finish { diffuse 0.88 brilliance 0.7 }
}
#declare Rubber = texture {
  pigment { srgb <0.78, 0.70, 0.58> }
  normal { granite 0.06 scale 0.5 }
  finish { diffuse 0.8 specular 0.08 roughness 0.08 }
}

// The outline of a foot bed, 26 long, toe towards +z
#macro Bed (Y0, Y1, Grow)
  prism {
    cubic_spline Y0, Y1, 14
    <-3.6, -9>, <0, -12.4>, <3.5, -9.2>, <3.5, -3>, <4.3, 4>, <4.2, 9>, <1.6, 13.2>, <-1.8, 13.0>, <-4.3, 8.6>, <-4.5, 3.5>, <-3.7, -3>,
    <-3.6, -9>, <0, -12.4>, <3.5, -9.2>
    scale <Grow, 1, (Grow + 1) / 2>
  }
#end

#declare Fur = seed (5);
#macro Fuzz (At, R, N)
  #local I = 0;
  #while (I < N)
    #local D = vnormalize (<rand (Fur) - 0.5, rand (Fur) - 0.25, rand (Fur) - 0.5>);
    sphere { At + D * R * (0.55 + 0.4 * rand (Fur)), R * (0.30 + 0.22 * rand (Fur)) }
    #local I = I + 1;
  #end
#end

#declare Slipper = union {
  union {
    object { Bed (0, 0.9, 1.04) }
    object { Bed (0.9, 1.7, 1.00) }
    texture { Rubber }
  }
  object { Bed (1.7, 2.0, 0.99) texture { Corduroy } }
  intersection {
    object { Bed (1.95, 2.25, 0.93) }
    union {
      box { <-9, 0, -20>, <9, 9, 2> }
      sphere { 0, 1 scale <4.5, 5.0, 10.9> translate <-0.1, 1.4, 2.6> }
    }
    texture { Fleece }
  }
  // The upper, a shell over the toes with a slanted mouth
  difference {
    sphere { 0, 1 scale <4.85, 5.3, 11.4> translate <-0.1, 1.4, 2.6> }
    sphere { 0, 1 scale <4.3, 4.9, 10.7> translate <-0.1, 1.4, 2.6> texture { Fleece } }
    plane { y, 1.0 }
    plane { z, 0 rotate x * 24 translate <0, 1.6, -0.2> texture { Fleece } }
    texture { Corduroy }
  }
  // The fleece rolls over the mouth
  union {
    #local I = 0;
    #while (I <= 60)
      #local A = pi * I / 60;
      // Where the slanted plane cuts the shell
      #local V = sin (A);
      #local ZZ = -0.2 + 2.2 * V;
      #local Rest = sqrt (max (0.02, 1 - pow ((ZZ - 2.6) / 11.2, 2)));
      #local P = <-0.1 + 4.6 * Rest * cos (A), 1.6 + 4.95 * Rest * V, ZZ>;
      Fuzz (P, 0.62, 26)
      #local I = I + 1;
    #end
    texture { Fleece }
  }
  // A band of fleece round the heel
  union {
    #local I = 0;
    #while (I <= 90)
      #local A = pi * (1.02 + 0.96 * I / 90);
      #local P = <3.75 * cos (A) * (1 - 0.05 * sin (A)), 2.2, -2.5 + 9.6 * sin (A)>;
      Fuzz (P, 0.45, 12)
      #local I = I + 1;
    #end
    texture { Fleece }
  }
}

#switch (View)
  #case (1)
    Plank_Table (srgb <0.76, 0.65, 0.50>, srgb <0.60, 0.47, 0.33>, 12, 0.2, 41)
    object { Slipper scale <-1, 1, 1> rotate y * 158 translate <-6, 0, 0> }
    object { Slipper rotate y * 168 translate <6.2, 0, 1.5> }
    Studio (-0.1, Daylight, <-110, 110, -20>)
    Shot (<3, 50, -52>, <1, 0, -1>, 33, 3)
  #break
  #case (2)
    Plaster_Table (srgb <0.60, 0.62, 0.64>)
    object { Slipper rotate y * 118 translate <4, 0, -3> }
    object { Slipper scale <-1, 1, 1> rotate y * 126 translate <7, 0, 9> }
    Studio (-1.8, Shade, <-100, 100, -60>)
    Shot (<0, 27, -54>, <1, 2, 1>, 43, -1)
  #break
#end
