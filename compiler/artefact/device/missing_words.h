#ifndef MLW_MISSING_WORDS_H
#define MLW_MISSING_WORDS_H

/* Words of a CSV field that mean that there is no value, beside the empty field. The reader of training data and the reader on devices use this one
   list, so that a record means the same to both. MLW_MISSING_WORDS(X) calls X(word) for each. Exact: no spaces, no other case. */
#define MLW_MISSING_WORDS(X) X("NA") X("N/A") X("NULL") X("null") X("nan") X("NaN")

#endif
