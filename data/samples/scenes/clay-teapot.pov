// SPDX-License-Identifier: GPL-3.0-or-later
// A small teapot of purple clay, with a cup
#include "studio.inc"

#macro Purple_Clay (Tone)
  texture {
    pigment {
      granite
      color_map {
        [0.0 srgb <0.40, 0.22, 0.16> * Tone] [0.7 srgb <0.46, 0.26, 0.19> * Tone] [1.0 srgb <0.60, 0.42, 0.30> * Tone]
      }
      scale 1.1
    }
    normal { granite 0.035 scale 0.7 }
    finish { diffuse 0.78 specular 0.3 roughness 0.045 reflection { 0.0, 0.10 fresnel on } }
  }
  interior { ior 1.45 }
#end

#declare Pot = union {
  lathe {
    cubic_spline 14
    <-1, 0.2>, <0, 0.2>, <2.7, 0.15>, <3.1, 0.0>, <3.5, 0.2>, <4.5, 1.2>, <5.35, 2.7>, <5.5, 3.9>,
    <5.1, 5.1>, <4.1, 6.1>, <3.3, 6.5>, <3.2, 6.75>, <0, 6.8>, <-1, 6.8>
  }
  // The lid sits in its ring
  torus { 3.24, 0.17 translate y * 6.72 }
  lathe {
    cubic_spline 11
    <-1, 6.8>, <0, 6.8>, <3.0, 6.84>, <3.12, 7.0>, <2.9, 7.22>, <1.9, 7.62>, <0.75, 7.88>, <0.5, 8.15>,
    <0.62, 8.4>, <0.0, 8.45>, <-1, 8.45>
  }
  sphere { 0, 1 scale <0.98, 0.72, 0.98> translate y * 8.72 }
  // Spout
  sphere_sweep {
    cubic_spline 7
    <3.0, 2.4, 0>, 1.5, <4.4, 2.6, 0>, 1.35, <6.2, 3.5, 0>, 0.98, <7.3, 4.9, 0>, 0.74, <8.2, 6.2, 0>, 0.58, <9.0, 6.75, 0>, 0.5,
    <9.6, 7.0, 0>, 0.48
    tolerance 0.001
  }
  // Ear
  sphere_sweep {
    cubic_spline 9
    <-3.2, 6.0, 0>, 0.5, <-4.3, 5.7, 0>, 0.54, <-6.3, 6.35, 0>, 0.5, <-8.0, 5.9, 0>, 0.46, <-8.65, 4.6, 0>, 0.43,
    <-8.1, 3.2, 0>, 0.42, <-6.7, 2.2, 0>, 0.44, <-5.0, 2.2, 0>, 0.5, <-4, 2.3, 0>, 0.5
    tolerance 0.001
    scale <1, 1, 1.25>
  }
  Purple_Clay (1)
}

#declare Cup = lathe {
  cubic_spline 13
  <-1, 0.3>, <0, 0.3>, <1.2, 0.2>, <1.4, 0>, <1.65, 0.2>, <2.3, 1.1>, <2.75, 2.3>, <2.9, 3.0>, <2.78, 3.05>,
  <2.55, 2.3>, <1.9, 0.9>, <0, 0.55>, <-1, 0.55>
  Purple_Clay (1.15)
}

#declare Mat = union {
  #local I = -46;
  #while (I <= 46)
    cylinder {
      <-19, 0.16, I * 0.34>, <19, 0.16, I * 0.34>, 0.16
      texture {
        pigment { bozo color_map { [0.2 srgb <0.55, 0.42, 0.24>] [0.8 srgb <0.68, 0.54, 0.33>] } scale <6, 0.3, 0.34> translate x * I * 3.7 }
        finish { diffuse 0.75 specular 0.15 roughness 0.05 }
      }
    }
    #local I = I + 1;
  #end
  #local I = -2;
  #while (I <= 2)
    cylinder { <I * 8, 0.34, -15.8>, <I * 8, 0.34, 15.8>, 0.07 pigment { srgb <0.25, 0.18, 0.12> } }
    #local I = I + 1;
  #end
}

#if (View)
  Plank_Table (srgb <0.46, 0.33, 0.23>, srgb <0.27, 0.17, 0.11>, 15, 0.4, 11)
  object { Mat rotate y * 6 translate <1, 0, 1> }
  object { Pot rotate y * 16 translate <0, 0.34, 2> }
  object { Cup translate <7.5, 0.34, -8.5> }
  cylinder { <7.5, 2.5, -8.5>, <7.5, 2.52, -8.5>, 2.45
    pigment { srgb <0.66, 0.36, 0.09> } finish { diffuse 0.6 reflection { 0.02, 0.5 fresnel on } } interior { ior 1.33 } }
  Studio (-1.1, Daylight, <-110, 120, -10>)
#end

// The same again a moment later, as one takes a second one to be sure
#switch (View)
  #case (1)
    Shot (<3, 26, -48>, <1, 3.6, -1.5>, 34, -2.6)
  #break
  #case (2)
    Shot (<4.4, 26.6, -47.4>, <1.3, 3.4, -1.6>, 33.4, -1.4)
  #break
#end
