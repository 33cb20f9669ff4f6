#!/bin/sh
# Makes the data of wine, breast_cancer and diabetes out of the files that Debian's package python3-sklearn carries.
# Usage: make_data.sh FOLDER, the package's sklearn/datasets/data (for instance of an unpacked .deb).
set -eu
from=$1
to=$(cd "$(dirname "$0")" && pwd)
{
  echo "alcohol,malic_acid,ash,alcalinity_of_ash,magnesium,total_phenols,flavanoids,nonflavanoid_phenols,proanthocyanins,color_intensity,hue,od280_od315,proline,cultivar"
  tail -n +2 "$from/wine_data.csv" | awk -F, -v OFS=, '{ split("first second third", name, " "); $14 = name[$14 + 1]; print }'
} >"$to/wine/wine.csv"
{
  for kind in mean error worst; do
    for what in radius texture perimeter area smoothness compactness concavity concave_points symmetry fractal_dimension; do printf '%s_%s,' "$what" "$kind"; done
  done
  echo "diagnosis"
  tail -n +2 "$from/breast_cancer.csv" | awk -F, -v OFS=, '{ $31 = $31 == 0 ? "malignant" : "benign"; print }'
} >"$to/breast_cancer/breast_cancer.csv"
{
  echo "age,sex,body_mass_index,blood_pressure,total_cholesterol,low_density,high_density,cholesterol_ratio,log_triglycerides,glucose,progression"
  zcat "$from/diabetes_target.csv.gz" | awk '{ printf "%d\n", $1 }' >"$to/diabetes/target.tmp"
  zcat "$from/diabetes_data_raw.csv.gz" | awk -v OFS=, '{ $2 = $2 == 1 ? "a" : "b"; $1 = $1; print }' | paste -d, - "$to/diabetes/target.tmp"
  rm "$to/diabetes/target.tmp"
} >"$to/diabetes/diabetes.csv"
