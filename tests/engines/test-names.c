/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>

#include "cs-check.h"

/* What a file is called may be a name, a piece of one, or nothing at all */
static void
test_names (void)
{
  static const struct
  {
    const char *photo;
    const char *title; /* NULL: the question */
  } cases[] = {
    { "jpg_hdr_iphone_hdr_YES.jpg", NULL },
    { "FINAL_v2.jpg", NULL },
    { "Copy of NEW.jpg", NULL },
    { "samples_B07GTFSCHB_844a1cce.jpg", NULL },
    { "IKEA LACK.jpg", NULL },
    { "outwear.jpg", NULL },
    { "night portrait.jpg", NULL },
    { "Google Photos/1.jpg", NULL },
    { "our shop/1.jpg", NULL },
    { "src__skimage2_data_coffee.png", "Coffee" },
    { "Alpro-Blueberry-Soyghurt_001.jpg", "Alpro Blueberry Soyghurt" },
    { "God-Morgon-Apple-Juice_001.jpg", "God Morgon Apple Juice" },
    { "longsleeve_6c677bce-0d56-4d5a-9a3c-0f9dd6e5a1b2.jpg", "Longsleeve" },
    { "T-Shirt_4c8f245e-a039-46fd-a6b9-1bb51e83fc05.jpg", "T-Shirt" },
    { "a-bowl.jpg", "Bowl" },
    { "night light.jpg", "Night Light" },
    { "Zephyr Lounger.jpg", "Zephyr Lounger" },
    { "BLUE HAT.jpg", "Blue Hat" },
    { "竹篮2.jpg", "竹篮" },
    { "月光宝盒.jpg", "月光宝盒" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const CsSample sample = { .photos = { cases[i].photo } };
      g_autoptr (GPtrArray) suggestions = suggest (&sample);
      CsSuggestion *title = find (suggestions, CS_FIELD_TITLE, 1);

      g_test_message ("%s: %s", cases[i].photo, title->text);
      check_all (suggestions);
      g_assert_cmpint (title->is_question, ==, cases[i].title == NULL);
      if (cases[i].title != NULL)
        g_assert_cmpstr (title->text, ==, cases[i].title);
    }
}

/* A colour seen in a photo, beside words that may name it already */
static void
test_named_colour (void)
{
  static const struct
  {
    CsSample    sample;
    const char *colour;
    const char *title;
  } cases[] = {
    { { .photos = { "blue mug.jpg" } }, "blue", "Blue Mug" },
    { { .photos = { "mug navy.jpg" } }, "blue", "Navy Mug" },
    { { .note = "Navy 马克杯", .photos = { "1.jpg" } }, "navy", "Navy 马克杯" },
    { { .note = "宝蓝釉马克杯", .photos = { "1.jpg" } }, "blue", "宝蓝釉马克杯" },
    { { .note = "蓝色 mug", .photos = { "1.jpg" } }, "blue", NULL },
    { { .title = "Blue Mug", .photos = { "1.jpg" } }, "dark blue", "Blue Mug" },
    { { .note = "mug", .photos = { "1.jpg" } }, "blue", "Blue Mug" },
    { { .note = "blueberry mug", .photos = { "1.jpg" } }, "blue", "Blueberry Mug, Blue" },
    { { .note = "hat", .photos = { "1.jpg" } }, "dark grey", "Dark Grey Hat" },
    { { .note = "hat, dark grey", .photos = { "1.jpg" } }, "red", "Dark Grey Hat" },
    { { .note = "women's wool hat", .photos = { "1.jpg" } }, "red", "Women's Red Wool Hat" },
    { { .note = "竹编果篮", .photos = { "1.jpg" } }, "brown", "竹编果篮 棕色" },
    { { .note = "apple juice", .photos = { "1.jpg" } }, "green", "Apple Juice" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *reading = g_strdup_printf ("{\"colours\":[{\"name\":\"%s\",\"share\":0.7}]}", cases[i].colour);
      CsSample         sample = cases[i].sample;
      g_autoptr (GPtrArray) suggestions = NULL;
      CsSuggestion *title;

      sample.reading = reading;
      suggestions = suggest (&sample);
      title = find (suggestions, CS_FIELD_TITLE, 1);
      g_test_message ("%s", title->text);
      check_all (suggestions);
      if (cases[i].title != NULL)
        g_assert_cmpstr (title->text, ==, cases[i].title);
    }
}

/* The title, or the question, that each photo's name alone gives */
static char **names;

static void
print_names (void)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const CsSample   sample = { .photos = { names[i] }, .reading = "{\"colours\":[{\"name\":\"dark grey\",\"share\":0.6}]}" };
      g_autoptr (GPtrArray) suggestions = suggest (&sample);
      CsSuggestion *title = find (suggestions, CS_FIELD_TITLE, 1);

      g_print ("%-50s %s %s\n", names[i], title->is_question ? "?" : " ", title->is_question ? "" : title->text);
    }
}

int
main (int   argc,
      char *argv[])
{
  if (argc > 2 && strcmp (argv[1], "--print") == 0)
    {
      setlocale (LC_ALL, "");
      names = argv + 2;
      cs_test_run_fiber ((gconstpointer) print_names);

      return 0;
    }

  g_test_init (&argc, &argv, NULL);
  cs_test_add_fiber ("/engines/names/titles", test_names);
  cs_test_add_fiber ("/engines/names/colours", test_named_colour);

  return g_test_run ();
}
