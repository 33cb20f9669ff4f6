#pragma once

// The parser generator's run time and what it made of grammar/Mlw.g4. Included by the .cpp files of this folder only.
#include <antlr4-runtime.h>

#include "MlwLexer.h"
#include "MlwParser.h"
