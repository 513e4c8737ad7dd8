/*
 * THE table of the day's halves, after the Unicode CLDR (dayPeriods, am and pm)
 * and the cultures of Windows; Export-Csv writes those of the machine.
 */
#include "collect/import/csv_clock.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* In small letters, without dots and blanks. */
static const struct {
	const char *morning, *afternoon;
} halves[] = {
	{ "am", "pm" },                  /* English, Spanish, Dutch, ... */
	{ "a", "p" },
	{ "vm", "nm" },                  /* Afrikaans, German */
	{ "vorm", "nachm" },
	{ "ጥዋት", "ከሰዓት" },               /* Amharic */
	{ "ص", "م" },                    /* Arabic */
	/* Assamese */
	{ "পূৰ্বাহ্ন",
	  "অপৰাহ্ন" },
	/* Bengali */
	{ "পূর্বাহ্ণ",
	  "অপরাহ্ণ" },
	{ "পূর্বাহ্ন", "অপরাহ্ন" },
	{ "проб", "слоб" },              /* Bulgarian */
	{ "преди обяд", "след обяд" },
	{ "dop", "odp" },                /* Czech, Slovak */
	{ "dop", "pop" },                /* Slovenian */
	{ "yb", "yh" },                  /* Welsh */
	{ "πμ", "μμ" },                  /* Greek */
	{ "قظ", "بظ" },                  /* Persian */
	{ "ap", "ip" },                  /* Finnish */
	{ "rn", "in" },                  /* Irish */
	/* Gujarati */
	{ "પૂર્વ મધ્યાહ્ન",
	  "ઉત્તર મધ્યાહ્ન" },
	{ "לפנה״צ", "אחה״צ" },           /* Hebrew */
	{ "לפנהצ", "אחהצ" },
	{ "לפנה\"צ", "אחה\"צ" },
	/* Hindi, Nepali */
	{ "पूर्वाह्न",
	  "अपराह्न" },
	{ "prijepodne", "popodne" },     /* Croatian, Bosnian */
	{ "prije podne", "po podne" },
	{ "de", "du" },                  /* Hungarian */
	{ "կա", "կհ" },                  /* Armenian */
	{ "fh", "eh" },                  /* Icelandic */
	{ "午前", "午後" },              /* Japanese */
	{ "ព្រឹក", "ល្ងាច" },                /* Khmer */
	/* Kannada */
	{ "ಪೂರ್ವಾಹ್ನ",
	  "ಅಪರಾಹ್ನ" },
	{ "오전", "오후" },              /* Korean */
	{ "मपू", "मनं" },                  /* Konkani, Marathi */
	{ "मपू", "मउ" },
	{ "тң", "тк" },                  /* Kyrgyz */
	{ "таңкы", "түштөн кийинки" },
	/* Lao */
	{ "ກ່ອນທ່ຽງ",
	  "ຫຼັງທ່ຽງ" },
	{ "priešpiet", "popiet" },       /* Lithuanian */
	{ "priekšp", "pēcp" },           /* Latvian */
	{ "priekšpusdienā", "pēcpusdienā" },
	{ "претпл", "попл" },            /* Macedonian */
	{ "претпладне", "попладне" },
	{ "үө", "үх" },                  /* Mongolian */
	{ "pg", "ptg" },                 /* Malay */
	{ "နံနက်", "ညနေ" },               /* Burmese */
	{ "ਪੂਦੁ", "ਬਾਦੁ" },                /* Punjabi */
	{ "غم", "غو" },                  /* Pashto */
	{ "ib", "eb" },                  /* Northern Sami */
	{ "පෙව", "පව" },                 /* Sinhala */
	{ "gh", "gd" },                  /* Somali */
	{ "sn", "gn" },
	{ "paradite", "pasdite" },       /* Albanian */
	{ "e paradites", "e pasdites" },
	{ "pd", "md" },
	{ "prepodne", "poslepodne" },    /* Serbian */
	{ "pre podne", "po podne" },
	{ "пре подне", "по подне" },
	{ "пре подне", "после подне" },
	{ "fm", "em" },                  /* Swedish */
	/* Tamil */
	{ "முற்பகல்",
	  "பிற்பகல்" },
	{ "காலை", "மாலை" },
	/* Thai */
	{ "ก่อนเที่ยง",
	  "หลังเที่ยง" },
	{ "öö", "ös" },                  /* Turkish */
	{ "дп", "пп" },                  /* Ukrainian */
	{ "قبل دوپہر", "بعد دوپہر" },    /* Urdu */
	{ "to", "tk" },                  /* Uzbek */
	{ "то", "тк" },
	{ "sa", "ch" },                  /* Vietnamese */
	{ "sáng", "chiều" },
	{ "àárọ̀", "ọ̀sán" },              /* Yoruba */
	{ "上午", "下午" },              /* Chinese */
	{ "qn", "wn" },                  /* Maltese */
	{ "moies", "nomëttes" },         /* Luxembourgish */
};

/* "31.1.2024 г.", "31.1.2024 klo 15.00.00": a year's or an hour's mark. */
static const char *const neutral[] = { "г", "ч", "г ч", "klo", "kl", "at" };

static bool
is_dot_or_blank(char c)
{
	return c == '.' || c == ' ';
}

/* Without dots and blanks, in small letters; table and text alike. */
static void
fold(struct buf *out, const char *text, size_t len)
{
	struct buf bare = { 0 };

	for (size_t i = 0; i < len; i++)
		if (!is_dot_or_blank(text[i]))
			buf_addc(&bare, text[i]);
	buf_clear(out);
	utf8_fold(out, buf_text(&bare), bare.len);
	buf_release(&bare);
}

static bool
is_word(const struct buf *have, const char *word, struct buf *scratch)
{
	fold(scratch, word, strlen(word));
	return strcmp(buf_text(have), buf_text(scratch)) == 0;
}

static enum clock_half
look_up(const struct buf *have, struct buf *scratch)
{
	for (size_t i = 0; i < sizeof(neutral) / sizeof(neutral[0]); i++)
		if (is_word(have, neutral[i], scratch))
			return HALF_NONE;
	for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
		if (is_word(have, halves[i].morning, scratch))
			return HALF_MORNING;
		if (is_word(have, halves[i].afternoon, scratch))
			return HALF_AFTERNOON;
	}
	return HALF_UNKNOWN;
}

enum clock_half
clock_half(const char *text, size_t len)
{
	struct buf have = { 0 }, scratch = { 0 };
	enum clock_half half = HALF_NONE;

	fold(&have, text, len);
	if (have.len)
		half = look_up(&have, &scratch);
	buf_release(&have);
	buf_release(&scratch);
	return half;
}
