// SPDX-License-Identifier: GPL-3.0-or-later
// A string of red agate beads, on a necklace stand and laid on a plate
#include "studio.inc"

#macro Agate (Seed)
  texture {
    pigment {
      agate
      color_map {
        [0.0 srgb <0.42, 0.03, 0.03>] [0.4 srgb <0.60, 0.07, 0.05>] [0.7 srgb <0.72, 0.14, 0.08>]
        [0.9 srgb <0.50, 0.05, 0.04>] [1.0 srgb <0.80, 0.30, 0.18>]
      }
      scale 0.9 rotate <Seed * 70, Seed * 131, 0> translate Seed * 9.7
    }
    finish { diffuse 0.7 specular 0.7 roughness 0.004 reflection { 0.01, 0.7 fresnel on } conserve_energy }
  }
  interior { ior 1.54 }
#end
#declare Gold = texture {
  pigment { srgb <0.86, 0.66, 0.32> }
  finish { diffuse 0.35 specular 0.8 roughness 0.02 metallic reflection { 0.5 metallic } }
}

// Beads along a curve given by the macro At (T), T from 0 to 1, a bead every centimetre
#macro String (From, To, Step)
  #local T = From;
  #local Last = At (T);
  #local Count = 0;
  #while (T < To)
    #local P = At (T);
    #local Gilt = (mod (Count, 6) = 3);
    #local Gap = Step * (Gilt | mod (Count, 6) = 4 ? 0.70 : 1);
    #if (Count = 0 | vlength (P - Last) >= Gap)
      #local Along = vnormalize (At (T + 0.001) - P);
      #if (Gilt)
        sphere { 0, 0.27 scale <1, 0.75, 1> Point_At (Along) translate P texture { Gold } }
      #else
        object { sphere { 0, 0.5 } Agate (Count * 0.37) translate P }
      #end
      #local Last = P;
      #local Count = Count + 1;
    #end
    #local T = T + 0.0004;
  #end
#end
// Turns y to a direction
#macro Point_At (D)
  #local YY = vnormalize (D);
  #local XX = vnormalize (vcross (YY, (abs (YY.z) > 0.9 ? x : z)));
  #local ZZ = vcross (XX, YY);
  matrix <XX.x, XX.y, XX.z, YY.x, YY.y, YY.z, ZZ.x, ZZ.y, ZZ.z, 0, 0, 0>
#end

#switch (View)
  #case (1)
    // A covered board in the shape of neck and shoulders, leaning back
    #declare Bust = prism {
      bezier_spline -1.0, 0, 32
      <-9, 0>, <-9.6, 4>, <-10.4, 7>, <-10, 10.2>,
      <-10, 10.2>, <-9, 13>, <-4.6, 12.6>, <-3.6, 15.4>,
      <-3.6, 15.4>, <-3.1, 17>, <-3.5, 19>, <-3.6, 20.4>,
      <-3.6, 20.4>, <-2, 21.2>, <2, 21.2>, <3.6, 20.4>,
      <3.6, 20.4>, <3.5, 19>, <3.1, 17>, <3.6, 15.4>,
      <3.6, 15.4>, <4.6, 12.6>, <9, 13>, <10, 10.2>,
      <10, 10.2>, <10.4, 7>, <9.6, 4>, <9, 0>,
      <9, 0>, <4, -0.4>, <-4, -0.4>, <-9, 0>
      rotate x * -90
    }
    #macro At (T)
      #local A = 2 * T - 1;
      <7.2 * sin (0.83 * pi * A), 4.6 + 12.2 * pow (abs (A), 2.2), -0.5 + 22 * max (0, abs (A) - 0.93)>
    #end
    union {
      object {
        Bust
        texture {
          pigment { bozo color_map { [0 srgb <0.83, 0.79, 0.72>] [1 srgb <0.87, 0.83, 0.77>] } scale <3, 0.3, 1> }
          normal { average normal_map { [1 gradient x 0.4 sine_wave scale 0.12] [1 gradient y 0.4 sine_wave scale 0.12] [1 bozo 0.5 scale 0.2] } }
          finish { diffuse 0.85 }
        }
      }
      union {
        String (0.0, 0.995, 0.98)
      }
      rotate x * 14
      rotate y * 8
    }
    box { <-2, 0, 0>, <2, 14, 0.4> rotate x * -26 translate <0, 0, 10> pigment { srgb <0.8, 0.76, 0.7> } }
    Plank_Table (srgb <0.36, 0.27, 0.21>, srgb <0.22, 0.15, 0.11>, 14, 0.35, 2)
    Studio (-0.15, Daylight, <-80, 100, -80>)
    Shot (<2, 19, -58>, <-0.8, 9.8, 1>, 27, 2)
  #break
  #case (2)
    #declare Warp = seed (3);
    #macro At (T)
      #local A = 2 * pi * T;
      <7.6 * cos (A) + 0.9 * cos (3 * A + 1), 0.86 + 0.02 * sin (9 * A), 5.4 * sin (A) + 0.7 * sin (2 * A)>
    #end
    union { String (0.0, 0.957, 0.98) }
    // The clasp
    union {
      torus { 0.34, 0.08 }
      torus { 0.42, 0.1 scale <1.5, 1, 0.9> translate x * 0.85 }
      torus { 0.22, 0.06 translate x * -0.5 }
      rotate y * 68
      translate At (0.972) - y * 0.25
      texture { Gold }
    }
    // A shallow white plate
    lathe {
      cubic_spline 11
      <-1, 0.1>, <0, 0.1>, <6, 0.05>, <9, 0.2>, <12.5, 1.2>, <12.8, 1.4>, <12.5, 1.5>, <9.4, 0.6>, <7, 0.38>, <0, 0.36>, <-1, 0.36>
      texture {
        pigment { srgb <0.84, 0.83, 0.80> }
        finish { diffuse 0.8 specular 0.5 roughness 0.01 reflection { 0.01, 0.4 fresnel on } }
      }
      interior { ior 1.5 }
    }
    Cloth_Table (srgb <0.30, 0.33, 0.36>, 0.16)
    Studio (-0.2, Tungsten, <-80, 100, 30>)
    Shot (<5, 34, -26>, <-0.6, 0, -0.4>, 42, 0)
  #break
#end
