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
	{ "предиобяд", "следобяд" },
	{ "dop", "odp" },                /* Czech, Slovak */
	{ "dop", "pop" },                /* Slovenian */
	{ "yb", "yh" },                  /* Welsh */
	{ "πμ", "μμ" },                  /* Greek */
	{ "قظ", "بظ" },                  /* Persian */
	{ "ap", "ip" },                  /* Finnish */
	{ "rn", "in" },                  /* Irish */
	/* Gujarati */
	{ "પૂર્વમધ્યાહ્ન",
	  "ઉત્તરમધ્યાહ્ન" },
	{ "לפנה״צ", "אחה״צ" },           /* Hebrew */
	{ "לפנהצ", "אחהצ" },
	{ "לפנה\"צ", "אחה\"צ" },
	/* Hindi, Nepali */
	{ "पूर्वाह्न",
	  "अपराह्न" },
	{ "prijepodne", "popodne" },     /* Croatian, Bosnian */
	{ "prijepodne", "popodne" },
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
	{ "таңкы", "түштөнкийинки" },
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
	{ "eparadites", "epasdites" },
	{ "pd", "md" },
	{ "prepodne", "poslepodne" },    /* Serbian */
	{ "prepodne", "popodne" },
	{ "преподне", "поподне" },
	{ "преподне", "послеподне" },
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
	{ "قبلدوپہر", "بعددوپہر" },    /* Urdu */
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
static const char *const neutral[] = { "г", "ч", "гч", "klo", "kl", "at" };

static bool
is_dot_or_blank(char c)
{
	return c == '.' || c == ' ';
}

/* Without dots and blanks, in small letters, as the table has them. */
static void
fold(struct buf *out, const char *text, size_t len)
{
	struct buf bare = { 0 };

	for (size_t i = 0; i < len; i++)
		if (!is_dot_or_blank(text[i]))
			buf_addc(&bare, text[i]);
	utf8_fold(out, buf_text(&bare), bare.len);
	buf_release(&bare);
}

static enum clock_half
look_up(const char *word)
{
	for (size_t i = 0; i < sizeof(neutral) / sizeof(neutral[0]); i++)
		if (strcmp(word, neutral[i]) == 0)
			return HALF_NONE;
	for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
		if (strcmp(word, halves[i].morning) == 0)
			return HALF_MORNING;
		if (strcmp(word, halves[i].afternoon) == 0)
			return HALF_AFTERNOON;
	}
	return HALF_UNKNOWN;
}

enum clock_half
clock_half(const char *text, size_t len)
{
	enum clock_half half = HALF_NONE;
	struct buf have = { 0 };

	for (; len && *text == ' '; len--)
		text++;
	if (!len)
		return HALF_NONE;
	/* What most dates have needs no folding. */
	if (len == 2 && (text[1] | 32) == 'm' && (text[0] | 32) == 'a')
		return HALF_MORNING;
	if (len == 2 && (text[1] | 32) == 'm' && (text[0] | 32) == 'p')
		return HALF_AFTERNOON;
	fold(&have, text, len);
	if (have.len)
		half = look_up(have.data);
	buf_release(&have);
	return half;
}
