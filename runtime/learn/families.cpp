#include "runtime/learn/families.h"

namespace mlw {

const Learner* find_learner(std::string_view family) {
  for (const Learner* learner : {&linear_learner(), &network_learner()})
    if (learner->family() == family) return learner;
  return nullptr;
}

}  // namespace mlw
