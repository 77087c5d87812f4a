// SPDX-License-Identifier: GPL-3.0-or-later
// A printed carton of tea; its lettering is drawn in tea-front.svg and tea-side.svg
#include "studio.inc"

#declare Board = finish { diffuse 0.82 specular 0.12 roughness 0.04 reflection { 0, 0.06 fresnel on } }

#macro Printed (File)
  texture {
    pigment { image_map { png File interpolate 2 once } }
    normal { granite 0.012 scale 0.3 }
    finish { Board }
  }
  interior { ior 1.4 }
#end

#declare Carton = union {
  object {
    Rounded_Box (<-4.5, 0, 0>, <4.5, 15, 6>, 0.14)
    texture { pigment { srgb <0.19, 0.37, 0.23> } normal { granite 0.012 scale 0.3 } finish { Board } }
  }
  // The front
  box {
    <0, 0, 0>, <1, 1, 0.004>
    Printed ("tea-front.png")
    scale <8.78, 14.78, 1> translate <-4.39, 0.11, -0.004>
  }
  // The right side
  box {
    <0, 0, 0>, <1, 1, 0.004>
    Printed ("tea-side.png")
    scale <5.78, 14.78, 1> rotate y * -90 translate <4.504, 0.11, 0.11>
  }
  // The lid's flap: a seam and the tab
  box { <-4.45, 15.0, 3.9>, <4.45, 15.015, 5.9> pigment { srgb <0.21, 0.40, 0.25> } finish { Board } }
  box { <-1.4, 15.0, 3.2>, <1.4, 15.02, 3.92> pigment { srgb <0.22, 0.42, 0.26> } finish { Board } }
}

#switch (View)
  #case (1)
    Plank_Table (srgb <0.72, 0.58, 0.42>, srgb <0.55, 0.40, 0.27>, 14, 0.2, 8)
    object { Carton rotate y * 5 }
    Studio (0, Daylight, <-60, 110, -100>)
    Shot (<-1.5, 10.5, -60>, <0.4, 7.5, 0>, 15.5, 1.4)
  #break
  #case (2)
    Plank_Table (srgb <0.72, 0.58, 0.42>, srgb <0.55, 0.40, 0.27>, 14, 0.2, 8)
    object { Carton translate <-4.5, 0, -3> rotate y * 84 translate <0.6, 0, 0> }
    Studio (-0.8, Tungsten, <60, 110, -100>)
    Shot (<0, 9.5, -56>, <-0.6, 7.0, 0>, 22, -1)
  #break
#end
