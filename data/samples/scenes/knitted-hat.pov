// SPDX-License-Identifier: GPL-3.0-or-later
// A hand-knitted hat: every stitch is there, in rows over a dome, with a ribbed brim turned up
#include "studio.inc"

#declare Around = 76;
#declare Wool = texture {
  pigment {
    bozo
    color_map { [0.1 srgb <0.86, 0.81, 0.72>] [0.9 srgb <0.93, 0.89, 0.81>] }
    scale 0.7
  }
  normal { bozo 0.9 scale <0.05, 0.14, 0.05> turbulence 0.4 }
  finish { diffuse 0.85 brilliance 0.85 }
}

// The dome: radius and slope at arc length S from the brim (S 0 to 1)
#declare Crown_R = function (s) { 9.2 * pow (max (0, 1 - pow (s, 3.4)), 0.5) }
#declare Crown_H = function (s) { 5.0 + 13.5 * s * (1 - 0.18 * s * s) }

#declare S0 = seed (9);
#macro Stitch (R, H, Tip, Phi, W, L, D)
  #local J = 0.92 + 0.16 * rand (S0);
  sphere { 0, 1 scale <W, L, D> * J rotate z * -27 translate <W * 0.78, 0, 0> rotate x * Tip translate <0, H, -R> rotate y * Phi }
  sphere { 0, 1 scale <W, L, D> * J rotate z * 27 translate <-W * 0.78, 0, 0> rotate x * Tip translate <0, H, -R> rotate y * Phi }
#end

#declare Hat = union {
  union {
    // Body
    #declare Rows = 34;
    #declare I = 0;
    #while (I < Rows)
      #declare S = I / Rows;
      #declare R = Crown_R (S);
      #declare H = Crown_H (S);
      #declare Tip = degrees (atan2 (Crown_R (S) - Crown_R (S + 0.012), Crown_H (S + 0.012) - Crown_H (S)));
      // Fewer stitches towards the top, as a knitter decreases
      #declare Many = (R > 7.2 ? Around : (R > 5.2 ? Around * 3 / 4 : (R > 3.0 ? Around / 2 : Around / 4)));
      #declare W = pi * R / Many * 0.60;
      #declare K = 0;
      #while (K < Many)
        Stitch (R, H, Tip, 360 * K / Many + 1.2 * sin (I * 0.7) + 0.8 * sin (6 * pi * K / Many), W, 0.44, 0.30)
        #declare K = K + 1;
      #end
      #declare I = I + 1;
    #end
    // Ribbed brim: two columns stand out, two lie back
    #declare I = 0;
    #while (I < 13)
      #declare K = 0;
      #while (K < Around)
        #declare Out = (mod (K, 4) < 2 ? 0.42 : 0.0);
        Stitch (10.0 + Out + 0.25 * sin (pi * I / 12), 0.5 + I * 0.50, -2, 360 * (K + 0.5) / Around, 0.235, 0.40, 0.34)
        #declare K = K + 1;
      #end
      #declare I = I + 1;
    #end
    // The turned edges
    torus { 9.7, 0.48 translate y * 0.45 }
    torus { 9.75, 0.42 translate y * 6.9 }
  }
  // Pompom: many threads from one knot
  #declare I = 0;
  #while (I < 2600)
    #declare Th = acos (1 - 1.92 * rand (S0));
    #declare Ph = 2 * pi * rand (S0);
    #declare L = 2.5 + 0.55 * rand (S0);
    #declare D = <sin (Th) * cos (Ph), cos (Th), sin (Th) * sin (Ph)>;
    cone { <0, 18.1, 0> + D * 0.8, 0.13, <0, 18.1, 0> + D * L + 0.22 * <rand (S0) - 0.5, rand (S0) - 0.5, rand (S0) - 0.5>, 0.085 }
    #declare I = I + 1;
  #end
  sphere { <0, 18.1, 0>, 2.1 }
  // What shows between stitches
  sphere { 0, 1 scale <8.7, 11.8, 8.7> translate y * 4.6 }
  cylinder { <0, 0.3, 0>, <0, 6.6, 0>, 9.75 }
  texture { Wool }
  scale <1.08, 0.92, 0.9>
}

#switch (View)
  #case (1)
    Plaster_Table (srgb <0.50, 0.56, 0.58>)
    plane { -z, -70 texture { pigment { srgb <0.55, 0.60, 0.62> } normal { granite 0.015 scale 9 } } }
    object { Hat rotate x * -4 rotate y * 18 }
    Studio (-0.2, Daylight, <-110, 110, -50>)
    Shot (<-3, 22, -66>, <1.2, 10.4, 0>, 31, 3)
  #break
  #case (2)
    Plank_Table (srgb <0.52, 0.38, 0.26>, srgb <0.34, 0.23, 0.15>, 14, 0.25, 17)
    object { Hat rotate y * -40 translate <4, 0, 2> }
    Studio (-0.5, Tungsten, <100, 100, -60>)
    Shot (<0, 30, -62>, <0.5, 8.2, 0>, 40, -2)
  #break
#end
