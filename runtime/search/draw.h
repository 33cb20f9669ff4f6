#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/plan/stage_graph.h"
#include "compiler/plan/workflow.h"

/// Random search: fixed settings drawn out of spaces. Every dimension of a space has a name, the way to it from the
/// root; its value is a function of (seed, draw, name) alone, so that a longer search begins with a shorter one and an
/// added dimension moves no other.
namespace mlw {

/// One member of a space. Choices are equally likely, ranges uniform on their scale with both ends included (continuous
/// values keep four significant digits), a `repeat` becomes the pipeline of its rounds, and a named space has one value
/// wherever its name stands.
Space draw(const Space& space, const std::string& dimension, uint64_t seed, uint64_t number);

/// What a preparation draws, as the canonical text of a space whose arguments are "group numbers", "column age" …;
/// empty when nothing is left to draw.
std::string draw_preparation(const Preparation& preparation, uint64_t seed, uint64_t number);
/// The preparation with what was drawn in the place of its spaces.
Preparation with_drawn(const Preparation& preparation, const std::string& drawn);

/// The first `count` different trials of a search: model spaces take turns, equal settings count once. Fewer when the
/// spaces have fewer members. A strategy other than random search is a Failure.
std::vector<Trial> propose_trials(const Workflow& workflow, int count);

}  // namespace mlw
