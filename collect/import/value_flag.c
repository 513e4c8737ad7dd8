/* Flags in words: see value_flag.h. */
#include "collect/import/value_flag.h"

#include <stddef.h>

#include "base/utf8.h"

/*
 * What Excel makes of TRUE and FALSE in its languages, and the words that
 * portals, scripts and people write. They are compared with Unicode's case
 * folding, which keeps the Turkish letters i apart: those stand here twice.
 * Access writes TRUE as -1.
 */
static const char *const words_true[] = {
	"true", "yes", "1", "$true", "on", "y", "t", "wahr", "ja", "vrai",
	"oui", "verdadero", "sí", "si", "vero", "sì", "verdadeiro", "sim",
	"waar", "sant", "sand", "sann", "tosi", "kyllä", "prawda", "tak",
	"pravda", "ano", "áno", "igaz", "igen", "истина", "да",
	"істина", "так", "doğru", "evet", "αληθες",
	"αληθής", "αληθης", "ναι", "adevărat", "adevarat",
	"da", "cert", "egia", "bai", "tõene", "jah", "teisinga", "taip",
	"patiess", "jā", "prav", "istina", "tačno", "satt", "já", "真",
	"是", "はい", "참", "예", "có", "đúng",
	"จริง", "ใช่",
	"نعم", "صحيح", "כן", "אמת",
	"točno", "tiesa", "benar", "ya", "-1",
}, *const words_false[] = {
	"false", "no", "0", "$false", "off", "n", "f", "falsch", "nein",
	"faux", "non", "falso", "falsa", "não", "nao", "onwaar", "nee",
	"falskt", "falsk", "nej", "usann", "nei", "epätosi", "ei", "fałsz",
	"nie", "nepravda", "ne", "hamis", "nem", "ложь", "нет",
	"хибність", "ні", "yanlış", "YANLIŞ", "hayır", "HAYIR",
	"ψευδες", "ψευδής", "ψευδης", "όχι", "οχι",
	"fals", "nu", "faltsua", "ez", "väär", "klaidinga", "aplams", "nē",
	"narobe", "laž", "ósatt", "netačno", "假", "偽", "否",
	"いいえ", "거짓", "아니요", "아니오",
	"không", "sai", "เท็จ",
	"ไม่ใช่", "لا", "خطأ", "לא",
	"שקר", "netočno", "netiesa", "salah", "tidak",
	"gezurra",
};

enum value_flag
value_flag(const char *text)
{
	for (size_t i = 0; i < sizeof(words_true) / sizeof(*words_true); i++)
		if (utf8_same_folded(words_true[i], text))
			return FLAG_TRUE;
	for (size_t i = 0; i < sizeof(words_false) / sizeof(*words_false); i++)
		if (utf8_same_folded(words_false[i], text))
			return FLAG_FALSE;
	return FLAG_NOT;
}
