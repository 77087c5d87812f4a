/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <graphene.h>

G_BEGIN_DECLS

typedef enum
{
  CS_COMPARE_SIDE_BY_SIDE,
  CS_COMPARE_WIPE,
  CS_COMPARE_BLINK,
  CS_COMPARE_CHANGES,
} CsCompareMode;

#define CS_COMPARE_MAX_ZOOM 16.0
/* Pixels; the larger of the pictures is drawn from no more than this */
#define CS_COMPARE_MAX_SIDE 8192

/* What both pictures show: zoom 1 fits the picture into its pane, and (x, y) is
 * the spot that stands in the pane's middle, in fractions of the picture. As
 * fractions they mean the same for two pictures of different size.
 */
typedef struct
{
  double zoom;
  double x;
  double y;
} CsCompareSpot;

#define CS_COMPARE_SPOT_FIT ((CsCompareSpot){ 1.0, 0.5, 0.5 })

/* How the original came to lie in the suggestion, as its receipt tells: turned
 * by degrees to the right about its middle, then cut to this part of it, in
 * fractions; beyond 0..1 is new background.
 */
typedef struct
{
  double turn;
  double x;
  double y;
  double width;
  double height;
} CsCompareLie;

#define CS_COMPARE_LIE_SAME ((CsCompareLie){ 0, 0, 0, 1, 1 })

void cs_compare_split (CsCompareMode    mode,
                       double           width,
                       double           height,
                       double           gap,
                       double           aspect,
                       graphene_rect_t *original,
                       graphene_rect_t *suggestion);
void cs_compare_place (const graphene_rect_t *pane,
                       double                 width,
                       double                 height,
                       const CsCompareSpot   *spot,
                       graphene_rect_t       *place);
void cs_compare_zoom_at (CsCompareSpot         *spot,
                         const graphene_rect_t *pane,
                         double                 width,
                         double                 height,
                         double                 x,
                         double                 y,
                         double                 zoom);
void cs_compare_pan (CsCompareSpot         *spot,
                     const graphene_rect_t *pane,
                     double                 width,
                     double                 height,
                     double                 dx,
                     double                 dy);
int  cs_compare_wanted_side (const graphene_rect_t *pane,
                             double                 width,
                             double                 height,
                             double                 zoom,
                             double                 scale);

/* aspect: width by height of the original */
void cs_compare_to_suggestion (const CsCompareLie *lie,
                               double              aspect,
                               CsCompareSpot      *spot);
void cs_compare_to_original (const CsCompareLie *lie,
                             double              aspect,
                             CsCompareSpot      *spot);
void cs_compare_lay_under (const CsCompareLie    *lie,
                           const graphene_rect_t *suggestion,
                           graphene_rect_t       *original);

G_END_DECLS
