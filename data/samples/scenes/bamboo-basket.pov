// SPDX-License-Identifier: GPL-3.0-or-later
// A fruit basket of bamboo: stakes, weavers that go over and under them, a bound rim
#include "studio.inc"

#declare Stakes = 44;
#declare Rows = 15;
#declare High = 11;
#declare Foot = 8.2;
#declare Wide = 14;

#declare Rad = function (h) { Foot + (Wide - Foot) * pow (h / High, 0.62) }
#macro On_Wall (A, H, Out)
  <cos (A) * (Rad (H) + Out), H, sin (A) * (Rad (H) + Out)>
#end

#declare Straw = srgb <0.86, 0.70, 0.43>;
#declare Amber = srgb <0.70, 0.47, 0.22>;

#macro Bamboo (Tone, Grain)
  texture {
    pigment {
      bozo
      color_map { [0.25 Amber * Tone] [0.5 Straw * Tone] [0.8 Straw * Tone * 1.12] }
      scale Grain
    }
    normal { bozo 0.35 scale Grain * 0.7 }
    finish { diffuse 0.78 specular 0.22 roughness 0.035 }
  }
#end

// Two sides of one quad, with normals that follow the surface
#macro Quad (A, B, C, D, NA, NB, NC, ND)
  smooth_triangle { A, NA, B, NB, C, NC }
  smooth_triangle { A, NA, C, NC, D, ND }
#end

// One weaver. Its height is constant, it swings out and in between the stakes.
#macro Weaver (H, Phase, Half, Tone)
  mesh {
    #local Steps = Stakes * 6;
    #local Across = 4;
    #local I = 0;
    #while (I < Steps)
      #local A0 = 2 * pi * I / Steps;
      #local A1 = 2 * pi * (I + 1) / Steps;
      #local J = 0;
      #while (J < Across)
        #local V0 = -1 + 2 * J / Across;
        #local V1 = -1 + 2 * (J + 1) / Across;
        #local P = array[4];
        #local N = array[4];
        #local K = 0;
        #while (K < 4)
          #local A = (K = 0 | K = 3 ? A0 : A1);
          #local V = (K < 2 ? V0 : V1);
          #local Swing = 0.17 * cos (A * Stakes / 2 + Phase);
          #local Slope = -0.17 * Stakes / 2 * sin (A * Stakes / 2 + Phase);
          #local P[K] = On_Wall (A, max (0.05, H + V * Half), Swing + 0.075 * (1 - V * V));
          #local N[K] = vnormalize (<cos (A), -0.35 + V * 0.55, sin (A)> - Slope / Rad (max (0.05, H)) * <-sin (A), 0, cos (A)>);
          #local K = K + 1;
        #end
        Quad (P[0], P[1], P[2], P[3], N[0], N[1], N[2], N[3])
        #local J = J + 1;
      #end
      #local I = I + 1;
    #end
    Bamboo (Tone, <7, 0.09, 7>)
  }
#end

#macro Stake (A, Tone)
  #local Out = 0.0;
  mesh {
    #local Steps = 24;
    #local I = 0;
    #while (I < Steps)
      #local H0 = 0.02 + (High - 0.05) * I / Steps;
      #local H1 = 0.02 + (High - 0.05) * (I + 1) / Steps;
      #local W = 0.30;
      #local J = -1;
      #while (J < 1)
        #local A0 = A + J * W / Rad (H0);
        #local A1 = A + (J + 1) * W / Rad (H0);
        #local B0 = A + J * W / Rad (H1);
        #local B1 = A + (J + 1) * W / Rad (H1);
        #local O0 = 0.06 * (1 - abs (J));
        #local O1 = 0.06 * (1 - abs (J + 1));
        #local N0 = vnormalize (<cos (A), -0.3, sin (A)> + J * 0.5 * <-sin (A), 0, cos (A)>);
        #local N1 = vnormalize (<cos (A), -0.3, sin (A)> + (J + 1) * 0.5 * <-sin (A), 0, cos (A)>);
        Quad (On_Wall (A0, H0, O0), On_Wall (A1, H0, O1), On_Wall (B1, H1, O1), On_Wall (B0, H1, O0), N0, N1, N1, N0)
        #local J = J + 1;
      #end
      #local I = I + 1;
    #end
    Bamboo (Tone, <0.09, 6, 0.09>)
  }
#end

#declare Basket = union {
  #declare S = seed (7);
  #declare I = 0;
  #while (I < Rows)
    #declare H = High * (I + 0.5) / Rows;
    Weaver (H, pi * mod (I, 2), High / Rows * 0.46, 0.92 + 0.2 * rand (S))
    #declare I = I + 1;
  #end
  #declare I = 0;
  #while (I < Stakes)
    Stake (2 * pi * I / Stakes, 0.78 + 0.16 * rand (S))
    #declare I = I + 1;
  #end
  // The bottom, strips woven across each other
  #declare I = -7;
  #while (I <= 7)
    #declare L = sqrt (max (0.1, Foot * Foot - I * I * 1.21));
    box { <-L, 0.12, I * 1.1 - 0.47>, <L, 0.2, I * 1.1 + 0.47> Bamboo (0.75 + 0.15 * rand (S), <6, 0.1, 0.08>) }
    box { <I * 1.1 - 0.47, 0.2, -L>, <I * 1.1 + 0.47, 0.28, L> Bamboo (0.8 + 0.18 * rand (S), <0.08, 0.1, 6>) }
    #declare I = I + 1;
  #end
  // The rim: two hoops, bound
  torus { Rad (High) + 0.22, 0.34 scale <1, 1.5, 1> translate y * High Bamboo (0.95, <5, 0.1, 5>) }
  torus { Rad (High) - 0.26, 0.26 scale <1, 1.6, 1> translate y * High Bamboo (0.85, <5, 0.1, 5>) }
  #declare Binds = 58;
  #declare I = 0;
  #while (I < Binds)
    torus {
      0.66, 0.13
      rotate x * 90 scale <1, 1.05, 1.5> rotate y * (8 + 6 * rand (S))
      translate <Rad (High), High, 0>
      rotate y * 360 * I / Binds
      Bamboo (1.0 + 0.15 * rand (S), <0.4, 0.1, 0.4>)
    }
    #declare I = I + 1;
  #end
  // A foot ring keeps it off the table
  torus { Foot - 0.1, 0.32 translate y * 0.1 Bamboo (0.8, <5, 0.1, 5>) }
  translate y * 0.3
}

#macro Orange_Fruit (At, R, Turn)
  sphere {
    0, 1 scale <R, R * 0.93, R>
    texture {
      pigment { bozo color_map { [0.2 srgb <0.93, 0.49, 0.08>] [0.9 srgb <0.97, 0.60, 0.12>] } scale 1.4 }
      normal { bumps 0.25 scale 0.11 }
      finish { diffuse 0.75 specular 0.25 roughness 0.05 }
    }
    rotate Turn translate At
  }
#end

#if (View)
  object { Basket rotate y * 11 }
#end

#switch (View)
  #case (1)
    Plank_Table (srgb <0.55, 0.40, 0.28>, srgb <0.33, 0.22, 0.14>, 13, 0.35, 3)
    Studio (-0.5, Daylight, <-110, 150, -60>)
    Shot (<10, 34, -62>, <2.5, 4.6, 1>, 35, 3.2)
  #break
  #case (2)
    Plank_Table (srgb <0.55, 0.40, 0.28>, srgb <0.33, 0.22, 0.14>, 13, 0.35, 3)
    Orange_Fruit (<-3.5, 4.0, 1>, 3.7, <0, 20, 10>)
    Orange_Fruit (<4.2, 4.1, 2>, 3.8, <30, 20, 10>)
    Orange_Fruit (<0.6, 3.9, -4.6>, 3.6, <60, 20, 10>)
    Studio (-0.1, Daylight, <-110, 150, 40>)
    Shot (<-8, 66, -34>, <1, 3, 1.5>, 37, -1)
  #break
  #case (3)
    Plaster_Table (srgb <0.86, 0.855, 0.845>)
    Studio (-0.1, Lamp, <-80, 120, -90>)
    Shot (<-24, 23, -40>, <-2, 5.4, -4>, 38, 0)
  #break
#end
