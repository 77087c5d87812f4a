// SPDX-License-Identifier: GPL-3.0-or-later
// A dropper bottle of amber glass; its label is drawn in oil-label.svg
#include "studio.inc"

#declare Amber_Glass = material {
  texture {
    pigment { srgbf <0.93, 0.55, 0.16, 0.96> }
    finish { diffuse 0.05 specular 0.8 roughness 0.002 reflection { 0.02, 1 fresnel on } conserve_energy }
  }
  interior { ior 1.5 fade_color srgb <0.66, 0.34, 0.08> fade_distance 0.7 fade_power 1001 }
}

#declare Oil = material {
  texture { pigment { srgbf <1, 0.90, 0.60, 0.98> } finish { diffuse 0 } }
  interior { ior 1.46 fade_color srgb <0.85, 0.62, 0.15> fade_distance 3 fade_power 1001 }
}

#declare Black_Plastic = texture {
  pigment { rgb 0.018 }
  finish { diffuse 0.8 specular 0.35 roughness 0.02 reflection { 0.0, 0.25 fresnel on } }
}

#declare Bottle = union {
  difference {
    lathe {
      cubic_spline 14
      <-1, 0.1>, <0, 0.1>, <1.2, 0.05>, <1.45, 0.06>, <1.64, 0.3>, <1.65, 1.0>, <1.65, 4.0>, <1.65, 5.4>, <1.5, 6.0>,
      <0.95, 6.42>, <0.8, 6.7>, <0.8, 7.4>, <0, 7.4>, <-1, 7.4>
    }
    lathe {
      cubic_spline 13
      <-1, 0.35>, <0, 0.35>, <1.1, 0.32>, <1.35, 0.36>, <1.46, 0.6>, <1.47, 1.2>, <1.47, 4.0>, <1.47, 5.3>, <1.32, 5.8>,
      <0.75, 6.3>, <0.58, 6.7>, <0.58, 7.5>, <0.5, 7.8>
    }
    material { Amber_Glass }
    photons { target off }
  }
  intersection {
    cylinder { <0, 0.37, 0>, <0, 4.9, 0>, 1.462 }
    cylinder { <0, 0.3, 0>, <0, 5.0, 0>, 1.46 }
    material { Oil }
  }
  // Dropper
  cylinder { <0, 1.2, 0>, <0, 7, 0>, 0.26 pigment { rgb <0.5, 0.35, 0.2> } }
  union {
    cylinder { <0, 6.75, 0>, <0, 8.15, 0>, 1.0 }
    torus { 0.94, 0.06 translate y * 8.15 }
    #local I = 0;
    #while (I < 60)
      cylinder { <1.0, 6.85, 0>, <1.0, 8.05, 0>, 0.035 rotate y * I * 6 }
      #local I = I + 1;
    #end
    texture { Black_Plastic }
  }
  lathe {
    cubic_spline 9
    <1, 8.1>, <0.72, 8.15>, <0.66, 8.5>, <0.60, 9.2>, <0.56, 10.2>, <0.48, 10.75>, <0.2, 10.95>, <0, 10.97>, <-1, 10.97>
    pigment { rgb 0.03 } normal { bumps 0.03 scale 0.1 } finish { diffuse 0.8 specular 0.15 roughness 0.08 }
  }
  // The label goes halfway round
  intersection {
    cylinder { <0, 1.0, 0>, <0, 4.7, 0>, 1.666 open }
    plane { z, -0.35 }
    texture {
      pigment {
        image_map { png "oil-label.png" map_type 0 interpolate 2 once }
        scale <3.3, 3.7, 1> translate <-1.65, 1.0, 0>
      }
      finish { diffuse 0.85 specular 0.1 roughness 0.05 }
    }
    no_radiosity
  }
}

Plaster_Table (srgb <0.74, 0.72, 0.70>)
plane { -z, -46 texture { pigment { srgb <0.72, 0.70, 0.68> } normal { granite 0.06 scale 8 } } }
object { Bottle rotate y * 4 translate <0.9, 0, 0> }
// Two leaves and a seed beside it
#macro Leaf (At, Turn, Long)
  intersection {
    sphere { <0, 0, 0.62>, 1.18 }
    sphere { <0, 0, -0.62>, 1.18 }
    sphere { <0, -2.2, 0>, 2.32 }
    sphere { <0, -2.2, 0>, 2.30 inverse }
    scale <1, 1, 0.8> * Long
    texture {
      pigment { gradient z color_map { [0 srgb <0.13, 0.30, 0.12>] [0.5 srgb <0.18, 0.38, 0.15>] [1 srgb <0.12, 0.28, 0.11>] } scale Long translate z * Long / 2 }
      normal { wood 0.2 scale 0.2 rotate y * 30 }
      finish { diffuse 0.75 specular 0.5 roughness 0.02 reflection { 0, 0.2 fresnel on } }
    }
    interior { ior 1.4 }
    rotate Turn translate At
  }
#end
Leaf (<-2.9, 0.05, -1.4>, <0, 24, 0>, 1.7)
Leaf (<-3.6, 0.3, 0.6>, <10, -40, 8>, 1.5)
sphere { 0, 1 scale <0.62, 0.55, 0.6> translate <3.6, 0.55, -1.8> texture { pigment { bozo color_map { [0 srgb <0.22, 0.12, 0.07>] [1 srgb <0.34, 0.2, 0.11>] } scale 0.5 } finish { specular 0.3 roughness 0.03 } } }
Studio (0.05, Shade, <-60, 90, -70>)
Shot (<-1, 9, -38>, <0.1, 5.0, 0>, 19, -2)
