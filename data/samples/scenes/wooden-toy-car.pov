// SPDX-License-Identifier: GPL-3.0-or-later
// A toy car: a beech body in two parts, painted roof, wheels on dowels
#include "studio.inc"

#macro Beech (Seed)
  texture {
    Wood (srgb <0.87, 0.70, 0.50>, srgb <0.76, 0.56, 0.37>, Seed)
    finish { diffuse 0.8 specular 0.12 roughness 0.05 }
  }
#end
#macro Paint (Colour)
  texture {
    pigment { bozo color_map { [0 Colour * 0.95] [1 Colour * 1.05] } scale 3 }
    normal { wrinkles 0.06 scale <2.5, 0.3, 0.3> }
    finish { diffuse 0.78 specular 0.35 roughness 0.03 reflection { 0, 0.12 fresnel on } }
  }
  interior { ior 1.45 }
#end
#declare Red = srgb <0.74, 0.13, 0.10>;

#macro Wheel (At)
  union {
    union {
      cylinder { <0, 0, -0.45>, <0, 0, 0.45>, 1.95 }
      cylinder { <0, 0, -0.75>, <0, 0, 0.75>, 1.65 }
      torus { 1.65, 0.3 rotate x * 90 translate z * 0.45 }
      torus { 1.65, 0.3 rotate x * 90 translate z * -0.45 }
      Paint (Red)
    }
    // A turned groove, and the dowel's end
    torus { 1.15, 0.07 rotate x * 90 translate z * -0.74 Paint (Red * 0.6) }
    cylinder { <0, 0, -1>, <0, 0, -0.5>, 0.52 Beech (4) }
    sphere { 0, 1 scale <0.52, 0.52, 0.12> translate z * -1 Beech (5) }
    translate At
  }
#end

#declare Car = union {
  difference {
    Rounded_Box (<-8, 1.6, -2.9>, <8, 4.8, 2.9>, 0.9)
    // Wheel arches
    cylinder { <-4.8, 1.9, -3>, <-4.8, 1.9, -1.7>, 2.35 }
    cylinder { <4.8, 1.9, -3>, <4.8, 1.9, -1.7>, 2.35 }
    cylinder { <-4.8, 1.9, 3>, <-4.8, 1.9, 1.7>, 2.35 }
    cylinder { <4.8, 1.9, 3>, <4.8, 1.9, 1.7>, 2.35 }
    Beech (1)
  }
  difference {
    Rounded_Box (<-5.6, 4.0, -2.5>, <3.4, 8.2, 2.5>, 0.95)
    // The windows go right through
    union {
      cylinder { <-2.9, 6.15, -4>, <-2.9, 6.15, 4>, 1.05 }
      cylinder { <-2.3, 6.15, -4>, <-2.3, 6.15, 4>, 1.05 }
      cylinder { <0.9, 6.15, -4>, <0.9, 6.15, 4>, 1.05 }
      cylinder { <0.3, 6.15, -4>, <0.3, 6.15, 4>, 1.05 }
    }
    Beech (2)
  }
  // The roof is painted
  intersection {
    Rounded_Box (<-5.62, 3.98, -2.52>, <3.42, 8.23, 2.52>, 0.95)
    box { <-9, 7.55, -4>, <9, 9, 4> }
    Paint (Red)
  }
  // Lamps
  sphere { 0, 1 scale <0.25, 0.62, 0.62> translate <8.0, 3.6, -1.7> Paint (srgb <0.93, 0.80, 0.30>) }
  sphere { 0, 1 scale <0.25, 0.62, 0.62> translate <8.0, 3.6, 1.7> Paint (srgb <0.93, 0.80, 0.30>) }
  Wheel (<-4.8, 1.95, -2.6>)
  Wheel (<4.8, 1.95, -2.6>)
  object { Wheel (<0, 0, 0>) rotate y * 180 translate <-4.8, 1.95, 2.6> }
  object { Wheel (<0, 0, 0>) rotate y * 180 translate <4.8, 1.95, 2.6> }
}

#switch (View)
  #case (1)
    Plaster_Table (srgb <0.66, 0.72, 0.76>)
    object { Car rotate y * 32 translate <-1, 0, 1> }
    Studio (0.1, Daylight, <-90, 130, -70>)
    Shot (<3, 25, -46>, <1.6, 3.2, 0>, 33, 3.4)
  #break
  #case (2)
    // A shelf on a white wall
    box { <-90, -2.4, -15>, <90, 0, 13>
      texture {
        Wood (srgb <0.63, 0.47, 0.33>, srgb <0.58, 0.43, 0.30>, 6)
        finish { diffuse 0.8 specular 0.1 roughness 0.06 }
      }
    }
    plane { -z, -13 texture { pigment { srgb <0.87, 0.87, 0.86> } normal { granite 0.01 scale 9 } } }
    box { <-90, -60, -13>, <90, -2.4, 13> pigment { srgb <0.30, 0.29, 0.28> } }
    object { Car rotate y * -7 translate <2.5, 0, -1> }
    Studio (-0.9, Daylight, <-70, 120, -90>)
    Shot (<0.6, 11, -58>, <0.6, 5.4, 0>, 32, 2.8)
  #break
#end
