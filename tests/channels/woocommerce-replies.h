/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* What WooCommerce's tests have in common: one product as the shop shows it */

#define ADDRESS  "https://bamboo.example/shop"
#define PASSWORD "{\"user\":\"seller\",\"password\":\"abcd efgh\"}"
#define KEYS     "{\"key\":\"ck\",\"secret\":\"cs\"}"
#define HASH     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
/* The SHA-256 of key, picture and how many of the same came before, shortened */
#define SLUG     "countersign-884835316a3e860576af21627d845575ea3a6e40"
#define SLUG_2   "countersign-30b8edb114e50097a97de302a6bce7e8eccad3ac"
#define REST     "/shop/wp-json/wc/v3/products"
#define MEDIA    "/shop/wp-json/wp/v2/media"

/* As WooCommerce 10.0 answers, shortened. Names and texts as wp_filter_post_kses() leaves them. */
#define PRODUCT(type, state, more)                                                                                                   \
  "{\"id\":4711,\"name\":\"Bamboo basket &lt;round&gt; &amp; light\",\"permalink\":\"https://bamboo.example/shop/product/basket/\","  \
  "\"date_modified_gmt\":\"2026-11-23T10:00:00\",\"type\":\"" type "\",\"status\":\"" state "\",\"catalog_visibility\":\"visible\"," \
  "\"description\":\"<p>Woven by hand.</p>\\n<p>For \\\"fruit\\\".</p>\",\"sku\":\"B-1\",\"sale_price\":\"\","                       \
  "\"short_description\":\"<ul>\\n<li>Round</li>\\n<li>Light</li>\\n</ul>\",\"categories\":[{\"id\":21,\"name\":\"Baskets\"}],"     \
  "\"tags\":[{\"id\":32,\"name\":\"\\u7af9\\u7f16\"},{\"id\":31,\"name\":\"Bamboo basket\"}],"                                       \
  "\"images\":[{\"id\":901,\"src\":\"https://bamboo.example/1.jpg\",\"alt\":\"A basket\"},"                                          \
  "{\"id\":902,\"src\":\"https://bamboo.example/2.jpg\",\"alt\":\"Its rim\"}],"                                                      \
  "\"meta_data\":[{\"id\":1,\"key\":\"_other\",\"value\":{\"a\":1}},{\"id\":2,\"key\":\"_countersign_key\",\"value\":\"CS-0123456789ABCDEF\"}]," more "}"
#define OWN_ATTRIBUTES                                                                      \
  "{\"id\":5,\"name\":\"Weave\",\"position\":0,\"visible\":true,\"variation\":false,\"options\":[\"Twill\"]}," \
  "{\"id\":0,\"name\":\"Brand\",\"variation\":false,\"options\":[\"Bamboo &amp; Co\"]},"     \
  "{\"id\":0,\"name\":\"Material\",\"variation\":false,\"options\":[\"bamboo, cotton\"]},"   \
  "{\"id\":0,\"name\":\"Care\",\"variation\":false,\"options\":[\"Dry\",\"Cool\"]}"
#define SIMPLE(state)                                                                                                    \
  PRODUCT ("simple", state, "\"regular_price\":\"49.9\",\"manage_stock\":true,\"stock_quantity\":3,\"variations\":[],"     \
                            "\"attributes\":[" OWN_ATTRIBUTES "]")
#define VARIABLE(state)                                                                                                  \
  PRODUCT ("variable", state, "\"regular_price\":\"\",\"manage_stock\":false,\"stock_quantity\":null,\"variations\":[51,52]," \
                              "\"attributes\":[{\"id\":0,\"name\":\"Color\",\"variation\":true,\"options\":[\"Red\",\"Blue\"]}," \
                              "{\"id\":0,\"name\":\"Size\",\"variation\":true,\"options\":[\"L\"]}," OWN_ATTRIBUTES "]")
#define VARIATION(id, sku, price, stock, color, state)                                                             \
  "{\"id\":" id ",\"sku\":\"" sku "\",\"regular_price\":\"" price "\",\"manage_stock\":true,\"stock_quantity\":" stock "," \
  "\"status\":\"" state "\",\"attributes\":[{\"id\":0,\"name\":\"Color\",\"option\":\"" color "\"},"                  \
  "{\"id\":0,\"name\":\"Size\",\"option\":\"L\"}]}"
#define RED  VARIATION ("51", "B-1-R", "49.90", "1", "Red", "publish")
#define BLUE VARIATION ("52", "B-1-B", "39.95", "4", "Blue", "publish")
#define GREY VARIATION ("53", "B-1-G", "20.00", "9", "Grey", "private")
