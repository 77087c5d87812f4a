/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cs-sha256.h"

#ifdef __x86_64__

#include <cpuid.h>
#include <immintrin.h>

/* FIPS 180-4, 4.2.2 */
static const guint32 constants[64] = {
  0x428a2f98,
  0x71374491,
  0xb5c0fbcf,
  0xe9b5dba5,
  0x3956c25b,
  0x59f111f1,
  0x923f82a4,
  0xab1c5ed5,
  0xd807aa98,
  0x12835b01,
  0x243185be,
  0x550c7dc3,
  0x72be5d74,
  0x80deb1fe,
  0x9bdc06a7,
  0xc19bf174,
  0xe49b69c1,
  0xefbe4786,
  0x0fc19dc6,
  0x240ca1cc,
  0x2de92c6f,
  0x4a7484aa,
  0x5cb0a9dc,
  0x76f988da,
  0x983e5152,
  0xa831c66d,
  0xb00327c8,
  0xbf597fc7,
  0xc6e00bf3,
  0xd5a79147,
  0x06ca6351,
  0x14292967,
  0x27b70a85,
  0x2e1b2138,
  0x4d2c6dfc,
  0x53380d13,
  0x650a7354,
  0x766a0abb,
  0x81c2c92e,
  0x92722c85,
  0xa2bfe8a1,
  0xa81a664b,
  0xc24b8b70,
  0xc76c51a3,
  0xd192e819,
  0xd6990624,
  0xf40e3585,
  0x106aa070,
  0x19a4c116,
  0x1e376c08,
  0x2748774c,
  0x34b0bcb5,
  0x391c0cb3,
  0x4ed8aa4a,
  0x5b9cca4f,
  0x682e6ff3,
  0x748f82ee,
  0x78a5636f,
  0x84c87814,
  0x8cc70208,
  0x90befffa,
  0xa4506ceb,
  0xbef9a3f7,
  0xc67178f2,
};

static gboolean
sha256_is_fast (void)
{
  guint a, b = 0, c, d;

  return __get_cpuid_count (7, 0, &a, &b, &c, &d) && (b & (1u << 29)) != 0 &&
         __builtin_cpu_supports ("sse4.1") && __builtin_cpu_supports ("ssse3");
}

/* The instructions keep the eight words as ABEF and CDGH, and do two rounds each */
__attribute__ ((target ("sha,sse4.1,ssse3"))) static void
sha256_blocks (guint32       state[8],
               const guint8 *data,
               gsize         n)
{
  const __m128i swap = _mm_set_epi64x (0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i       low = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) &state[0]), 0xb1);
  __m128i       high = _mm_shuffle_epi32 (_mm_loadu_si128 ((const __m128i *) &state[4]), 0x1b);
  __m128i       abef = _mm_alignr_epi8 (low, high, 8);
  __m128i       cdgh = _mm_blend_epi16 (high, low, 0xf0);

  for (; n > 0; n--, data += 64)
    {
      __m128i abef_before = abef, cdgh_before = cdgh;
      __m128i w[4];

      for (int i = 0; i < 4; i++)
        w[i] = _mm_shuffle_epi8 (_mm_loadu_si128 ((const __m128i *) (data + 16 * i)), swap);

      for (int i = 0; i < 16; i++)
        {
          __m128i message = _mm_add_epi32 (w[0], _mm_loadu_si128 ((const __m128i *) &constants[4 * i]));
          __m128i next = _mm_add_epi32 (_mm_sha256msg1_epu32 (w[0], w[1]), _mm_alignr_epi8 (w[3], w[2], 4));

          cdgh = _mm_sha256rnds2_epu32 (cdgh, abef, message);
          abef = _mm_sha256rnds2_epu32 (abef, cdgh, _mm_shuffle_epi32 (message, 0x0e));
          next = _mm_sha256msg2_epu32 (next, w[3]);
          w[0] = w[1];
          w[1] = w[2];
          w[2] = w[3];
          w[3] = next;
        }

      abef = _mm_add_epi32 (abef, abef_before);
      cdgh = _mm_add_epi32 (cdgh, cdgh_before);
    }

  low = _mm_shuffle_epi32 (abef, 0x1b);
  high = _mm_shuffle_epi32 (cdgh, 0xb1);
  _mm_storeu_si128 ((__m128i *) &state[0], _mm_blend_epi16 (low, high, 0xf0));
  _mm_storeu_si128 ((__m128i *) &state[4], _mm_alignr_epi8 (high, low, 8));
}

#else

static gboolean
sha256_is_fast (void)
{
  return FALSE;
}

static void
sha256_blocks (guint32       state[8],
               const guint8 *data,
               gsize         n)
{
  g_assert_not_reached ();
}

#endif

void
cs_sha256_init (CsSha256 *self)
{
  const guint32 begin[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
  };

  *self = (CsSha256) { 0 };
  if (!sha256_is_fast ())
    self->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  memcpy (self->state, begin, sizeof begin);
}

void
cs_sha256_update (CsSha256     *self,
                  const guint8 *data,
                  gsize         length)
{
  gsize kept = self->length % 64;

  if (length == 0)
    return;

  if (self->checksum != NULL)
    {
      g_checksum_update (self->checksum, data, length);
      return;
    }

  self->length += length;

  if (kept > 0)
    {
      gsize taken = MIN (64 - kept, length);

      memcpy (self->rest + kept, data, taken);
      data += taken;
      length -= taken;
      if (kept + taken < 64)
        return;
      sha256_blocks (self->state, self->rest, 1);
    }

  sha256_blocks (self->state, data, length / 64);
  if (length % 64 > 0)
    memcpy (self->rest, data + length / 64 * 64, length % 64);
}

/* Returns: 64 lowercase hexadecimal digits */
char *
cs_sha256_finish (CsSha256 *self)
{
  const guint8 padding[64] = { 0x80 };
  guint64      bits = GUINT64_TO_BE (self->length * 8);
  GString     *hex;

  if (self->checksum != NULL)
    return g_strdup (g_checksum_get_string (self->checksum));

  cs_sha256_update (self, padding, 1 + (119 - self->length % 64) % 64);
  cs_sha256_update (self, (const guint8 *) &bits, sizeof bits);

  hex = g_string_sized_new (64);
  for (int i = 0; i < 8; i++)
    g_string_append_printf (hex, "%08x", self->state[i]);

  return g_string_free_and_steal (hex);
}

void
cs_sha256_clear (CsSha256 *self)
{
  g_clear_pointer (&self->checksum, g_checksum_free);
}
