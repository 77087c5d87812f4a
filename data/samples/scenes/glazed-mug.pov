// SPDX-License-Identifier: GPL-3.0-or-later
// A thrown stoneware mug: blue glaze that broke at the rim and ran towards the bare foot
#include "studio.inc"

#declare Clay = texture {
  pigment {
    granite
    color_map { [0.0 srgb <0.62, 0.50, 0.38>] [0.6 srgb <0.70, 0.58, 0.45>] [1.0 srgb <0.42, 0.31, 0.22>] }
    scale 1.5
  }
  normal { granite 0.12 scale 1.2 }
  finish { diffuse 0.8 specular 0.05 roughness 0.1 }
}

#macro Glaze (Blue, Deep, Rim)
  texture {
    pigment {
      gradient y
      turbulence <0.02, 0.08, 0.02> octaves 4
      pigment_map {
        [0.00 bozo color_map { [0.3 Deep] [0.8 Blue] } scale <0.5, 2.2, 0.5>]
        [0.70 bozo color_map { [0.3 Deep * 1.2] [0.8 Blue * 1.15] } scale <0.4, 1.6, 0.4>]
        [0.90 color Blue * 1.25]
        [0.965 color Rim]
        [1.00 color Rim * 0.85]
      }
      scale 10.4
    }
    normal { average normal_map { [1 gradient y 0.16 sine_wave turbulence 0.12 scale 0.62] [1 bumps 0.05 scale 0.9] } }
    finish { diffuse 0.72 specular 0.5 roughness 0.006 reflection { 0.02, 0.5 fresnel on } conserve_energy }
  }
#end

#macro Mug (Blue, Deep, Rim)
  #local Edge = Glaze (Deep * 0.8, Deep * 0.6, Rim)
  #local Coat = Glaze (Blue, Deep, Rim)
  #local Dipped = texture {
    pigment_pattern {
      gradient y turbulence <0.0, 0.05, 0.0> lambda 2.2 octaves 3
      color_map { [0 rgb 0] [1 rgb 1] }
      scale 14 translate y * -0.4
    }
    texture_map {
      [0.145 Clay]
      [0.150 Edge]
      [0.172 Coat]
    }
  }
  union {
    lathe {
      cubic_spline 20
      <-1, 0.25>, <0, 0.25>, <2.7, 0.22>, <3.05, 0.0>, <3.45, 0.05>, <3.72, 0.45>, <4.02, 1.6>, <4.18, 3.4>,
      <4.20, 5.4>, <4.14, 7.6>, <4.17, 9.2>, <4.08, 9.52>, <3.88, 9.50>, <3.80, 9.2>, <3.80, 7.6>,
      <3.84, 5.2>, <3.78, 2.4>, <3.30, 0.95>, <0, 0.8>, <-1, 0.8>
    }
    sphere_sweep {
      cubic_spline 9
      <-2.5, 8.3, 0>, 0.6, <-3.9, 8.0, 0>, 0.62, <-5.6, 8.15, 0>, 0.50, <-7.0, 7.2, 0>, 0.46, <-7.25, 5.6, 0>, 0.45,
      <-6.7, 4.0, 0>, 0.45, <-5.5, 2.75, 0>, 0.47, <-4.0, 2.25, 0>, 0.58, <-2.5, 2.2, 0>, 0.6
      tolerance 0.001
      scale <1, 1, 1.35>
    }
    texture { Dipped }
  }
#end

#declare Blue_Mug = Mug (srgb <0.15, 0.34, 0.56>, srgb <0.06, 0.15, 0.33>, srgb <0.63, 0.50, 0.36>)

#switch (View)
  #case (1)
    object { Blue_Mug rotate y * -38 translate <4.5, 0, 2> }
    Paper_Sweep (srgb <0.88, 0.88, 0.87>, 60)
    Studio (-0.15, Lamp, <-90, 110, -50>)
    Shot (<0, 20, -42>, <0.5, 3.6, 1>, 34, -1.5)
  #break
  #case (2)
    object { Blue_Mug rotate y * 152 }
    Paper_Sweep (srgb <0.80, 0.80, 0.79>, 26)
    Studio (0.05, Daylight, <-100, 120, -70>)
    Shot (<3, 22, -44>, <0.3, 4.6, 0>, 20, 2.4)
  #break
#end
