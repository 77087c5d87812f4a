/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "cs-brush.h"

/* A mug from the side: a body, and a handle that is a ring beside it. The photo
 * is drawn from the exact mask, so that what a stroke does can be measured.
 */

#define WIDTH  800
#define HEIGHT 600

typedef struct
{
  double product[3];
  double ground[3];
  double grain;    /* noise, standard deviation */
  double falloff;  /* the light falls off by this much from left to right */
  double stripes;  /* the product's own pattern */
  double width;    /* of the handle, pixels */
  double blur;     /* of the edges, pixels */
} Scene;

typedef struct
{
  GBytes *photo;
  guint8 *truth;  /* body and handle */
  guint8 *handle; /* the handle alone */
  guint8 *given;  /* the body alone: what a network found */
} Drawn;

#define BODY_X    300.0
#define BODY_Y    300.0
#define BODY_R    150.0
#define HANDLE_X  460.0
#define HANDLE_Y  300.0
#define HANDLE_R  100.0

/* Of an edge at distance 0: 1 inside, 0 outside */
static double
edge (double distance,
      double blur)
{
  return CLAMP (0.5 - distance / MAX (blur, 1), 0, 1);
}

static double
body_at (double x,
         double y,
         double blur)
{
  return edge (hypot (x - BODY_X, y - BODY_Y) - BODY_R, blur);
}

static double
handle_at (double x,
           double y,
           const Scene *scene)
{
  double ring = fabs (hypot (x - HANDLE_X, y - HANDLE_Y) - HANDLE_R) - scene->width / 2;

  return edge (ring, scene->blur) * (1 - body_at (x, y, scene->blur));
}

static double
noise (GRand *rand)
{
  double sum = 0;

  for (guint i = 0; i < 12; i++)
    sum += g_rand_double (rand);

  return sum - 6;
}

static void
draw_pixel (const Scene *scene,
            GRand       *rand,
            int          x,
            int          y,
            double       share,
            guint8      *rgb)
{
  double light = 1 - scene->falloff * x / WIDTH;
  double pattern = ((x + y) / 9) % 2 == 0 ? scene->stripes : -scene->stripes;
  double grain = scene->grain > 0 ? noise (rand) * scene->grain : 0;

  for (guint i = 0; i < 3; i++)
    rgb[i] = CLAMP (light * (share * (scene->product[i] + pattern) + (1 - share) * scene->ground[i]) + grain, 0, 255);
}

static void
draw (Drawn       *self,
      const Scene *scene)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  guint8 *pixels = g_malloc (WIDTH * HEIGHT * 3);

  self->truth = g_malloc (WIDTH * HEIGHT);
  self->handle = g_malloc (WIDTH * HEIGHT);
  self->given = g_malloc (WIDTH * HEIGHT);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        double body = body_at (x, y, scene->blur);
        double handle = handle_at (x, y, scene);
        gsize  at = (gsize) y * WIDTH + x;

        self->given[at] = body * 255 + 0.5;
        self->handle[at] = handle * 255 + 0.5;
        self->truth[at] = MIN (body + handle, 1) * 255 + 0.5;
        draw_pixel (scene, rand, x, y, MIN (body + handle, 1), pixels + at * 3);
      }
  self->photo = g_bytes_new_take (pixels, WIDTH * HEIGHT * 3);
}

static void
drawn_clear (Drawn *self)
{
  g_bytes_unref (self->photo);
  g_free (self->truth);
  g_free (self->handle);
  g_free (self->given);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Drawn, drawn_clear)

static const Scene dark_on_light = { { 60, 50, 45 }, { 225, 224, 220 }, 2, 0.1, 0, 26, 2 };

static CsBrush *
brush_new (Drawn        *drawn,
           const guint8 *mask)
{
  g_autoptr (GBytes) bytes = g_bytes_new (mask, WIDTH * HEIGHT);

  return cs_brush_new (drawn->photo, bytes, WIDTH, HEIGHT);
}

/* Along the handle, with a hand that is not quite steady */
static void
stroke_handle (CsBrush *brush,
               gboolean bring_back,
               double   radius,
               double   wobble)
{
  int changed[4];

  for (int i = 0; i <= 40; i++)
    {
      double angle = (-118 + 236.0 * i / 40) * G_PI / 180;
      double away = HANDLE_R + wobble * sin (i * 1.7);
      double x = HANDLE_X + away * cos (angle);
      double y = HANDLE_Y + away * sin (angle);

      if (i == 0)
        cs_brush_begin (brush, bring_back, radius, x, y, 1, changed);
      else
        cs_brush_move (brush, x, y, 1, changed);
    }
  cs_brush_end (brush);
}

/* The share of the handle that is in the mask, and of the ground under the brush */
static void
measure (Drawn        *drawn,
         const guint8 *mask,
         double        radius,
         double       *handle,
         double       *ground)
{
  double back = 0, all = 0, wrong = 0, bare = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        gsize    at = (gsize) y * WIDTH + x;
        double   ring = fabs (hypot (x - HANDLE_X, y - HANDLE_Y) - HANDLE_R);
        gboolean under = ring < radius;

        back += MIN (mask[at], drawn->handle[at]);
        all += drawn->handle[at];
        if (under && drawn->truth[at] == 0)
          {
            bare += 255;
            wrong += mask[at];
          }
        else if (!under && drawn->truth[at] == 0)
          {
            g_assert_cmpuint (mask[at], ==, 0);
          }
      }
  *handle = back / all;
  *ground = wrong / bare;
}

static void
check_handle (const char  *name,
              const Scene *scene,
              double       radius,
              double       wobble)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (CsBrush) brush = NULL;
  double handle;
  double ground;

  draw (&drawn, scene);
  brush = brush_new (&drawn, drawn.given);
  measure (&drawn, cs_brush_get_mask (brush), radius, &handle, &ground);
  g_assert_cmpfloat (handle, <, 0.05);

  stroke_handle (brush, TRUE, radius, wobble);
  measure (&drawn, cs_brush_get_mask (brush), radius + wobble + 1, &handle, &ground);
  g_test_message ("%s: %.1f %% of the handle is back, with %.2f %% of the ground", name, handle * 100, ground * 100);
  g_assert_cmpfloat (handle, >=, 0.95);
  g_assert_cmpfloat (ground, <, 0.03);
}

static void
test_bring_back (void)
{
  Scene scene = dark_on_light;

  check_handle ("dark on light", &scene, 60, 0);
  check_handle ("an unsteady hand", &scene, 60, 4);
  scene.width = 9;
  check_handle ("a thin handle", &scene, 40, 1);
  scene = dark_on_light;
  scene.grain = 9;
  check_handle ("a grainy photo", &scene, 60, 3);
  scene = dark_on_light;
  scene.stripes = 25;
  check_handle ("a striped product", &scene, 60, 3);
  scene = dark_on_light;
  scene.blur = 6;
  check_handle ("out of focus", &scene, 60, 3);
  scene = (Scene) { { 225, 222, 214 }, { 248, 248, 247 }, 1, 0.05, 0, 26, 2 };
  check_handle ("white on white", &scene, 60, 3);
  scene = (Scene) { { 52, 50, 50 }, { 22, 22, 24 }, 2, 0.1, 0, 26, 2 };
  check_handle ("black on black", &scene, 60, 3);
  scene = (Scene) { { 190, 60, 50 }, { 60, 120, 60 }, 3, 0.1, 0, 26, 2 };
  check_handle ("red on green, alike in light", &scene, 60, 3);
}

/* The ground beside the handle goes, the handle stays */
static void
test_take_away (void)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (CsBrush) brush = NULL;
  g_autofree guint8 *all = g_malloc (WIDTH * HEIGHT);
  double kept = 0, handle = 0, left = 0, bare = 0;
  int changed[4];

  draw (&drawn, &dark_on_light);
  memset (all, 255, WIDTH * HEIGHT);
  brush = brush_new (&drawn, all);
  cs_brush_begin (brush, FALSE, 60, 440, 300, 1, changed);
  cs_brush_move (brush, 500, 300, 1, changed);
  cs_brush_end (brush);
  cs_brush_begin (brush, FALSE, 60, 610, 250, 1, changed);
  cs_brush_move (brush, 610, 350, 1, changed);
  cs_brush_end (brush);

  for (int y = 270; y < 330; y++)
    for (int x = 455; x < 640; x++)
      {
        gsize at = (gsize) y * WIDTH + x;

        handle += drawn.handle[at];
        kept += MIN (drawn.handle[at], cs_brush_get_mask (brush)[at]);
        if (drawn.truth[at] == 0 && x < 500)
          {
            bare += 255;
            left += cs_brush_get_mask (brush)[at];
          }
      }
  g_test_message ("%.1f %% of the handle stayed, and %.1f %% of the ground", kept / handle * 100, left / bare * 100);
  g_assert_cmpfloat (kept / handle, >=, 0.97);
  g_assert_cmpfloat (left / bare, <, 0.05);
}

/* Where there is no edge the brush is round, full in the middle and soft at the rim */
static void
test_plain (void)
{
  static const Scene bare = { { 200, 200, 200 }, { 200, 200, 200 }, 3, 0.15, 0, 26, 1 };
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (CsBrush) brush = NULL;
  g_autofree guint8 *none = g_malloc0 (WIDTH * HEIGHT);
  double off = 0;
  guint  n = 0;
  int    changed[4];

  draw (&drawn, &bare);
  brush = brush_new (&drawn, none);
  cs_brush_begin (brush, TRUE, 50, 400, 300, 1, changed);
  cs_brush_end (brush);
  for (int y = 240; y < 360; y++)
    for (int x = 340; x < 460; x++)
      {
        double distance = hypot (x - 400, y - 300);
        guint8 is = cs_brush_get_mask (brush)[(gsize) y * WIDTH + x];

        if (distance < 28)
          {
            off += 255 - is;
            n++;
          }
        if (distance > 51)
          g_assert_cmpuint (is, ==, 0);
      }
  g_assert_cmpfloat (off / n / 255, <, 0.01);
  g_assert_cmpuint (cs_brush_get_mask (brush)[300 * WIDTH + 440], >, 40);
  g_assert_cmpuint (cs_brush_get_mask (brush)[300 * WIDTH + 440], <, 215);
}

static void
test_pressure (void)
{
  static const Scene bare = { { 200, 200, 200 }, { 200, 200, 200 }, 0, 0, 0, 26, 1 };
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (CsBrush) brush = NULL;
  g_autofree guint8 *none = g_malloc0 (WIDTH * HEIGHT);
  int changed[4];

  draw (&drawn, &bare);
  brush = brush_new (&drawn, none);
  cs_brush_begin (brush, TRUE, 50, 400, 300, 0.1, changed);
  cs_brush_end (brush);
  g_assert_cmpint (changed[2], <, 60);
  g_assert_cmpuint (cs_brush_get_mask (brush)[300 * WIDTH + 400], <, 140);
  g_assert_cmpuint (cs_brush_get_mask (brush)[300 * WIDTH + 400], >, 40);
}

/* Bit for bit, in any order, and a new stroke ends what could be done again */
static void
test_undo (void)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (CsBrush) brush = NULL;
  g_autofree guint8 *first = NULL;
  g_autofree guint8 *second = NULL;
  int changed[4];

  draw (&drawn, &dark_on_light);
  brush = brush_new (&drawn, drawn.given);
  g_assert_false (cs_brush_undo (brush, changed));
  stroke_handle (brush, TRUE, 60, 2);
  first = g_memdup2 (cs_brush_get_mask (brush), WIDTH * HEIGHT);
  g_assert_cmpint (memcmp (first, drawn.given, WIDTH * HEIGHT), !=, 0);
  cs_brush_begin (brush, FALSE, 80, 300, 300, 1, changed);
  cs_brush_move (brush, 420, 330, 0.7, changed);
  cs_brush_end (brush);
  second = g_memdup2 (cs_brush_get_mask (brush), WIDTH * HEIGHT);
  g_assert_cmpint (memcmp (first, second, WIDTH * HEIGHT), !=, 0);
  g_assert_cmpuint (cs_brush_get_n_undo (brush), ==, 2);

  g_assert_true (cs_brush_undo (brush, changed));
  g_assert_cmpmem (cs_brush_get_mask (brush), WIDTH * HEIGHT, first, WIDTH * HEIGHT);
  g_assert_true (cs_brush_undo (brush, changed));
  g_assert_cmpmem (cs_brush_get_mask (brush), WIDTH * HEIGHT, drawn.given, WIDTH * HEIGHT);
  g_assert_cmpuint (cs_brush_get_n_redo (brush), ==, 2);
  g_assert_true (cs_brush_redo (brush, changed));
  g_assert_true (cs_brush_redo (brush, changed));
  g_assert_cmpmem (cs_brush_get_mask (brush), WIDTH * HEIGHT, second, WIDTH * HEIGHT);
  g_assert_false (cs_brush_redo (brush, changed));

  cs_brush_undo (brush, changed);
  cs_brush_begin (brush, FALSE, 30, 200, 300, 1, changed);
  cs_brush_end (brush);
  g_assert_cmpuint (cs_brush_get_n_redo (brush), ==, 0);
  g_assert_cmpuint (cs_brush_get_n_undo (brush), ==, 2);
  cs_brush_undo (brush, changed);
  g_assert_cmpmem (cs_brush_get_mask (brush), WIDTH * HEIGHT, first, WIDTH * HEIGHT);

  /* A stroke that changes nothing is none */
  cs_brush_undo (brush, changed);
  cs_brush_begin (brush, FALSE, 20, 750, 50, 1, changed);
  cs_brush_end (brush);
  g_assert_cmpuint (cs_brush_get_n_undo (brush), ==, 0);
}

/* What is told to have changed is all that changed */
static void
test_changed (void)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (CsBrush) brush = NULL;
  g_autofree guint8 *shown = NULL;
  int changed[4];

  draw (&drawn, &dark_on_light);
  brush = brush_new (&drawn, drawn.given);
  shown = g_memdup2 (drawn.given, WIDTH * HEIGHT);
  for (int i = 0; i < 60; i++)
    {
      if (i % 20 == 0)
        cs_brush_begin (brush, i != 20, 45, 520 + i, 250 + i, 1, changed);
      else if (i % 20 == 19)
        cs_brush_undo (brush, changed);
      else
        cs_brush_move (brush, 520 + i * 3, 250 + i, 1, changed);
      for (int y = changed[1]; y < changed[1] + changed[3]; y++)
        memcpy (shown + (gsize) y * WIDTH + changed[0],
                cs_brush_get_mask (brush) + (gsize) y * WIDTH + changed[0], changed[2]);
      g_assert_cmpmem (shown, WIDTH * HEIGHT, cs_brush_get_mask (brush), WIDTH * HEIGHT);
    }
}

/* Wherever a hand goes, whatever a device says: nothing beyond the photo is read or written */
static void
test_bounds (void)
{
  static const int sizes[][2] = { { 1, 1 }, { 1, 300 }, { 300, 1 }, { 65, 63 }, { 130, 257 } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gsize   n = (gsize) sizes[i][0] * sizes[i][1];
      guint8 *pixels = g_malloc (n * 3);
      g_autoptr (GBytes) photo = g_bytes_new_take (pixels, n * 3);
      g_autoptr (GBytes) mask = g_bytes_new_take (g_malloc0 (n), n);
      g_autoptr (CsBrush) brush = cs_brush_new (photo, mask, sizes[i][0], sizes[i][1]);

      for (gsize j = 0; j < n * 3; j++)
        pixels[j] = g_rand_int (rand);
      for (guint j = 0; j < 300; j++)
        {
          double x = j % 31 == 0 ? NAN : g_rand_double_range (rand, -400, 700);
          double y = j % 37 == 0 ? INFINITY : g_rand_double_range (rand, -400, 700);
          double radius = j % 41 == 0 ? 1e300 : g_rand_double_range (rand, -5, 90);
          double pressure = g_rand_double_range (rand, -1, 2);
          int    changed[4];

          switch (g_rand_int_range (rand, 0, 6))
            {
            case 0:
              cs_brush_begin (brush, g_rand_boolean (rand), radius, x, y, pressure, changed);
              break;

            case 1:
              cs_brush_end (brush);
              continue;

            case 2:
              g_rand_boolean (rand) ? cs_brush_undo (brush, changed) : cs_brush_redo (brush, changed);
              break;

            default:
              cs_brush_move (brush, x, y, pressure, changed);
            }
          g_assert_cmpint (changed[0], >=, 0);
          g_assert_cmpint (changed[1], >=, 0);
          g_assert_cmpint (changed[0] + changed[2], <=, sizes[i][0]);
          g_assert_cmpint (changed[1] + changed[3], <=, sizes[i][1]);
        }
      cs_brush_end (brush);
      while (cs_brush_get_n_undo (brush) > 0)
        cs_brush_undo (brush, (int[4]) { 0 });
      g_assert_cmpmem (cs_brush_get_mask (brush), n, g_bytes_get_data (mask, NULL), n);
    }
}

static double
cpu_milliseconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

/* A hand does not wait: one touch at 60 pixels */
static void
test_speed (void)
{
  g_auto (Drawn) drawn = { 0 };
  g_autoptr (CsBrush) brush = NULL;
  double took = G_MAXDOUBLE;
  int    changed[4];

  draw (&drawn, &dark_on_light);
  brush = brush_new (&drawn, drawn.given);
  for (guint i = 0; i < 5; i++)
    {
      double begun = cpu_milliseconds ();

      for (guint j = 0; j < 10; j++)
        {
          cs_brush_begin (brush, TRUE, 60, 555 + j, 270 + 5 * j, 1, changed);
          cs_brush_end (brush);
        }
      took = MIN (took, (cpu_milliseconds () - begun) / 10);
    }
  g_test_message ("%.2f ms a touch", took);
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpfloat (took, <, 4);
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/brush/bring-back", test_bring_back);
  g_test_add_func ("/brush/take-away", test_take_away);
  g_test_add_func ("/brush/plain", test_plain);
  g_test_add_func ("/brush/pressure", test_pressure);
  g_test_add_func ("/brush/undo", test_undo);
  g_test_add_func ("/brush/changed", test_changed);
  g_test_add_func ("/brush/bounds", test_bounds);
  g_test_add_func ("/brush/speed", test_speed);

  return g_test_run ();
}
